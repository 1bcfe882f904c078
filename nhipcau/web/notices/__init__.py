"""Tin báo: what has reached a post, made of the rows it speaks of; read or not is the post's own mark."""
