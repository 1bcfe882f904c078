"""Pages by area. A page makes one call into the domain and translates its errors."""
