"""What the desk does when something happens: it tells the seller's own system."""

from comercio.panel import para_afuera as para_afuera
