"""How often one address may ask: the web's door to the shared limiter."""

from sar.extensions import limiter

limit = limiter.limit
