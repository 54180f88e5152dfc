"""The opening of the envelopes, and the processes that never had any: those without a call."""

from feria_inversa.apertura.acta import ActaDeApertura, ResumenDeApertura, acta_de, resumen_de
from feria_inversa.apertura.apertura import abrir_con, abrir_convocatoria
from feria_inversa.apertura.esquemas import SinConvocatoriaEntrada
from feria_inversa.apertura.mesa import mesa_de
from feria_inversa.apertura.partes import entregar_parte, espera_partes
from feria_inversa.apertura.sin_convocatoria import registrar_sin_convocatoria

__all__ = [
    "ActaDeApertura",
    "ResumenDeApertura",
    "SinConvocatoriaEntrada",
    "abrir_con",
    "abrir_convocatoria",
    "acta_de",
    "entregar_parte",
    "espera_partes",
    "mesa_de",
    "registrar_sin_convocatoria",
    "resumen_de",
]
