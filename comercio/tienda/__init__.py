"""The public page of a product."""
