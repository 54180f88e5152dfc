"""The opening of the envelopes, and the processes that never had any: those without a call."""

from feria_inversa.apertura.acta import (
    ActaDeApertura,
    ResumenDeApertura,
    acta_de,
    acta_publicada,
    resumen_de,
)
from feria_inversa.apertura.apertura import abrir_con, abrir_convocatoria, pasar_a_precios
from feria_inversa.apertura.esquemas import SinConvocatoriaEntrada
from feria_inversa.apertura.mesa import mesa_de
from feria_inversa.apertura.partes import ESPERAN, entregar_parte, espera_partes, llave_que_abre
from feria_inversa.apertura.sin_convocatoria import registrar_sin_convocatoria
from feria_inversa.apertura.tecnica import ActaTecnica, acta_tecnica_de, resumen_tecnico_de

__all__ = [
    "ESPERAN",
    "ActaDeApertura",
    "ActaTecnica",
    "ResumenDeApertura",
    "SinConvocatoriaEntrada",
    "abrir_con",
    "abrir_convocatoria",
    "acta_de",
    "acta_publicada",
    "acta_tecnica_de",
    "entregar_parte",
    "espera_partes",
    "llave_que_abre",
    "mesa_de",
    "pasar_a_precios",
    "registrar_sin_convocatoria",
    "resumen_de",
    "resumen_tecnico_de",
]
