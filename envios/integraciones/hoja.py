"""The sheet of the first operator: a CSV of its scanners, codes of three figures, days as 28/11/2026."""

import re
from collections.abc import Mapping
from datetime import datetime, time

from envios.eventos import AccionIntento, Codigo, EventoNuevo, Motivo, QuienRecibe
from envios.integraciones.planillas import leer_planilla
from envios.integraciones.traducir import Leido, Razon, Significado, Traduccion
from nucleo.archivos.recibido import Recibido
from nucleo.lectores import Ilegible, leer_fecha, leer_linea
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

COLUMNAS = ("guia", "fecha", "hora", "suceso", "causa", "oficina", "clave")
_HORA = re.compile(r"([01]?[0-9]|2[0-3]):?([0-5][0-9])")

TRADUCCION = Traduccion(
    prefijo="HC",
    codigos={
        "010": Significado(Codigo.EMA),
        "020": Significado(Codigo.EMB),
        "030": Significado(Codigo.EMC),
        "040": Significado(Codigo.EMD),
        "050": Significado(Codigo.EMG),
        "055": Significado(Codigo.EDF),
        "060": Significado(Codigo.EDG),
        "070": Significado(Codigo.EMH),
        "080": Significado(Codigo.EDH),
        "090": Significado(Codigo.EMI, QuienRecibe.DESTINATARIO),
        "095": Significado(Codigo.EMI, QuienRecibe.REMITENTE),
    },
    razones={
        "1": Razon(Motivo.DESTINATARIO_AUSENTE, AccionIntento.NUEVO_INTENTO),
        "2": Razon(Motivo.DESTINATARIO_RECHAZO, AccionIntento.DEVOLVER),
        "3": Razon(Motivo.DIRECCION_NO_ENCONTRADA, AccionIntento.ESPERAR_INSTRUCCIONES),
        "4": Razon(Motivo.DESTINATARIO_LOCAL_CERRADO, AccionIntento.RETENER_EN_AGENCIA),
        "5": Razon(Motivo.CLIMA, AccionIntento.NUEVO_INTENTO),
    },
)


def leer(recibido: Recibido) -> list[Leido]:
    """Every line of the sheet, each on its own. Raises `TablaInvalida`: it is not that sheet."""
    return leer_planilla(recibido, COLUMNAS, evento_de)


def evento_de(celdas: Mapping[str, str]) -> EventoNuevo:
    """What a line says. Raises `Ilegible`."""
    limpias = {columna: leer_linea(celdas[columna]) for columna in COLUMNAS}
    hora = _HORA.fullmatch(limpias["hora"])
    if hora is None:
        raise Ilegible(_("Escriba la hora como 14:05."))
    if not limpias["suceso"]:
        raise Ilegible(_("Falta el código del suceso."))
    significa = TRADUCCION.significado(limpias["suceso"])
    razon = TRADUCCION.razon(significa.codigo, limpias["causa"])
    momento = datetime.combine(leer_fecha(limpias["fecha"]), time(int(hora[1]), int(hora[2])), ZONA)
    return EventoNuevo(
        codigo=significa.codigo,
        numero=limpias["guia"],
        ocurrido_en=momento,
        motivo=razon.motivo if razon else None,
        accion=razon.accion if razon else None,
        lugar=limpias["oficina"][:120],
        entregado_a=significa.entregado_a,
        codigo_entrega=limpias["clave"][:20],
    )
