"""Rates and promises: what a parcel costs with each operator, until when that holds, and when it arrives."""

from envios.tarifas.valores import Bulto, Medidas

__all__ = ["Bulto", "Medidas"]
