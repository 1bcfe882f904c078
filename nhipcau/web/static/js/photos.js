// Photographs become small before they travel: the server keeps 1600 points of them, so no more is sent.
const LONGEST = 1600, QUALITY = 0.85;

export async function small(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file; // the server says why it cannot be read
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return made ? new File([made], "anh.jpg", { type: "image/jpeg" }) : file;
}
