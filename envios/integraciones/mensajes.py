"""The messages of the second operator: JSON of its API, words for codes, milliseconds since 1970."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from envios.eventos import LOTE_MAXIMO, AccionIntento, Codigo, EventoNuevo, Motivo, QuienRecibe
from envios.integraciones.planillas import BYTES_MAXIMOS
from envios.integraciones.traducir import Leido, Razon, Significado, Traduccion
from nucleo.archivos.recibido import Recibido
from nucleo.errores import DatosInvalidos
from nucleo.lectores import Ilegible, leer_linea
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

CLAVE = "pin"
_ID = re.compile(r"[\x21-\x7e]{1,60}")
_MS = range(1_262_304_000_000, 4_102_444_800_000)  # from 2010 up to 2100
CIUDADES = {
    "SCZ": "070101",
    "MON": "071001",
    "CBB": "030101",
    "LPB": "020101",
    "TDD": "080101",
    "POI": "050101",
}

TRADUCCION = Traduccion(
    prefijo="MO",
    codigos={
        "recogido": Significado(Codigo.EMA),
        "en_planta": Significado(Codigo.EMB),
        "despachado": Significado(Codigo.EMC),
        "transbordo": Significado(Codigo.EMJ),
        "arribo": Significado(Codigo.EMD),
        "en_local": Significado(Codigo.EMG),
        "con_mensajero": Significado(Codigo.EDG),
        "no_entregado": Significado(Codigo.EMH),
        "espera_retiro": Significado(Codigo.EDH),
        "entregado": Significado(Codigo.EMI, QuienRecibe.DESTINATARIO),
        "devuelto": Significado(Codigo.EMI, QuienRecibe.REMITENTE),
        "detenido": Significado(Codigo.EDF),
    },
    razones={
        "nadie_en_casa": Razon(Motivo.DESTINATARIO_AUSENTE, AccionIntento.NUEVO_INTENTO),
        "no_quiso": Razon(Motivo.DESTINATARIO_RECHAZO, AccionIntento.DEVOLVER),
        "no_existe": Razon(Motivo.DIRECCION_NO_ENCONTRADA, AccionIntento.ESPERAR_INSTRUCCIONES),
        "bloqueo": Razon(Motivo.FUERZA_MAYOR, AccionIntento.NUEVO_INTENTO),
        "se_daño_el_vehiculo": Razon(Motivo.PROBLEMA_DE_VEHICULO, AccionIntento.NUEVO_INTENTO),
    },
)


def leer(recibido: Recibido) -> list[Leido]:
    """Every message, each on its own: one that nobody can read harms no other. Raises `DatosInvalidos`."""
    if recibido.tamano > BYTES_MAXIMOS:
        raise _no_es(_("Pesa más de 1 MB: envíe menos mensajes a la vez."))
    try:
        mensajes = json.loads(recibido.contenido)["mensajes"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _no_es(_('Envíe un JSON como {"mensajes": [...]}.')) from None
    if not isinstance(mensajes, list) or len(mensajes) > LOTE_MAXIMO:
        raise _no_es(_("Envíe una lista de hasta 1.000 mensajes."))
    return [leer_mensaje(numero, mensaje) for numero, mensaje in enumerate(mensajes, 1)]


def _no_es(detalle: str) -> DatosInvalidos:
    return DatosInvalidos(detalle, campos={"archivo": detalle})


def leer_mensaje(numero: int, mensaje: Any) -> Leido:
    """One of them. What nobody can read is a `Leido` with what to mend."""
    try:
        return Leido(numero, evento_de(mensaje if isinstance(mensaje, dict) else {}))
    except Ilegible as error:
        return Leido(numero, error=str(error))


def evento_de(mensaje: Mapping[str, Any]) -> EventoNuevo:
    """What a message says. Raises `Ilegible`."""
    suyo, ms = _texto(mensaje, "id"), mensaje.get("cuando_ms")
    if not _ID.fullmatch(suyo):
        raise Ilegible(_("Falta «id», de hasta 60 letras."))
    if not isinstance(ms, int) or isinstance(ms, bool) or ms not in _MS:
        raise Ilegible(_("Falta «cuando_ms», en milisegundos."))
    tipo = _texto(mensaje, "tipo")
    if not tipo:
        raise Ilegible(_("Falta «tipo»."))
    significa = TRADUCCION.significado(tipo)
    razon = TRADUCCION.razon(significa.codigo, _texto(mensaje, "por"))
    ciudad = _texto(mensaje, "ciudad")
    return EventoNuevo(
        codigo=significa.codigo,
        numero=_texto(mensaje, "paquete"),
        ocurrido_en=datetime.fromtimestamp(ms / 1000, UTC).astimezone(ZONA),
        evento_cliente_id=f"mo:{suyo}",
        motivo=razon.motivo if razon else None,
        accion=razon.accion if razon else None,
        municipio_ine=CIUDADES.get(ciudad),
        lugar="" if ciudad in CIUDADES else ciudad[:120],
        entregado_a=significa.entregado_a,
        codigo_entrega=_texto(mensaje, CLAVE)[:20],
    )


def _texto(mensaje: Mapping[str, Any], nombre: str) -> str:
    valor = mensaje.get(nombre)
    return leer_linea(valor) if isinstance(valor, str) else ""
