"""Rates and promises: what a parcel costs with each operator, until when that holds, and when it arrives."""

from envios.tarifas import tarifarios
from envios.tarifas.cotizar import Pedido, comparar, cotizacion_vigente
from envios.tarifas.tablas import Que
from envios.tarifas.valores import Bulto, CotizacionGuardada, Medidas
from nucleo.fachada import sin_fila

empezar = sin_fila(tarifarios.empezar)
importar = sin_fila(tarifarios.importar)
publicar = sin_fila(tarifarios.publicar)

__all__ = [
    "Bulto",
    "CotizacionGuardada",
    "Medidas",
    "Pedido",
    "Que",
    "comparar",
    "cotizacion_vigente",
    "empezar",
    "importar",
    "publicar",
]
