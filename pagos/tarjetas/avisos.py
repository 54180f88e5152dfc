"""Webhooks of the gateway: verified over the raw bytes, stored raw, answered at once, applied later.

A webhook is only a hint of what to look at: state is always taken from a fresh retrieve, so its order, its
repetition, its delay and even its content never matter.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select, update

from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.errores import NoDisponible
from nucleo.eventos import publicar
from nucleo.reloj import ahora, ahora_bd
from nucleo.tareas import cada_uno
from nucleo.textos import gettext as _
from pagos.tarjetas import asientos as libro
from pagos.tarjetas import puerta
from pagos.tarjetas.errores import AvisoRechazado
from pagos.tarjetas.eventos import AVISO_RECIBIDO
from pagos.tarjetas.modelos import AvisoPasarela

TOLERANCIA = timedelta(seconds=300)
MAXIMO_BYTES = 512 * 1024
REPASO = timedelta(minutes=15)
ESPACIO = UUID("0f6e7a52-2d6b-5c0a-9c6a-5d1f3f0e7c11")  # of the ids of events about webhooks


def secreto_de_avisos() -> str:
    """What signs webhooks. The demonstration derives its own; elsewhere it comes with the endpoint.

    Raises `NoDisponible` when it is missing.
    """
    propio = ajustes().stripe_webhook_secreto
    if propio is not None:
        return propio.get_secret_value()
    if puerta.usa_simulacion():
        clave = ajustes().secreto.get_secret_value().encode()
        return "whsec_" + hmac.new(clave, b"pasarela simulada", hashlib.sha256).hexdigest()
    raise NoDisponible(_("Los avisos de la pasarela no están configurados."))


def firmar(cuerpo: bytes, secreto: str, instante: datetime) -> str:
    """The value of `Stripe-Signature` for these bytes."""
    t = int(instante.timestamp())
    return f"t={t},v1={_huella(cuerpo, secreto, t)}"


def _huella(cuerpo: bytes, secreto: str, t: int) -> str:
    return hmac.new(secreto.encode(), f"{t}.".encode() + cuerpo, hashlib.sha256).hexdigest()


def verificar_firma(cuerpo: bytes, firma: str, secreto: str) -> None:
    """Raise `AvisoRechazado` unless the gateway signed these bytes within the last five minutes."""
    partes = [parte.split("=", 1) for parte in firma.split(",") if "=" in parte]
    tiempos = [v for k, v in partes if k.strip() == "t"]
    if len(tiempos) != 1 or not (tiempos[0].isascii() and tiempos[0].isdigit() and len(tiempos[0]) <= 12):
        raise AvisoRechazado(_("Falta la firma del aviso o no se entiende."))
    t = int(tiempos[0])
    esperada = _huella(cuerpo, secreto, t).encode()
    if not any(hmac.compare_digest(esperada, v.encode()) for k, v in partes if k.strip() == "v1"):
        raise AvisoRechazado(_("La firma no corresponde a este aviso."))
    if abs(ahora() - datetime.fromtimestamp(t, UTC)) > TOLERANCIA:
        raise AvisoRechazado(_("El aviso es demasiado antiguo."))


def recibir(sesion: Session, cuerpo: bytes, firma: str) -> bool:
    """Store a webhook; True the first time. Raises `AvisoRechazado`, `NoDisponible`."""
    if len(cuerpo) > MAXIMO_BYTES or len(firma) > 500:
        raise AvisoRechazado(_("El aviso es demasiado grande."))
    verificar_firma(cuerpo, firma, secreto_de_avisos())
    try:
        evento = json.loads(cuerpo)
        aviso_id, tipo, creado = str(evento["id"]), str(evento["type"]), int(evento["created"])
        emitido = datetime.fromtimestamp(creado, UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError) as error:
        raise AvisoRechazado(_("El aviso no tiene la forma esperada.")) from error
    if not 0 < len(aviso_id) <= 80 or len(tipo) > 80 or "\x00" in aviso_id + tipo:
        raise AvisoRechazado(_("El aviso no tiene la forma esperada."))
    return guardar(sesion, evento, cuerpo, firma, emitido)


def guardar(sesion: Session, evento: dict[str, Any], cuerpo: bytes, firma: str, emitido: datetime) -> bool:
    """Keep it once and announce it once; the row's key is the gateway's id."""
    fila = {
        "id": str(evento["id"]),
        "tipo": str(evento["type"]),
        "objeto": _objeto_de(evento),
        "cuerpo": cuerpo,
        "firma": firma,
        "emitido_en": emitido,
    }
    nueva = sesion.execute(
        insert(AvisoPasarela).values(fila).on_conflict_do_nothing().returning(col(AvisoPasarela.id))
    ).scalar_one_or_none()
    if nueva is None:
        sesion.execute(
            update(AvisoPasarela)
            .where(col(AvisoPasarela.id) == fila["id"])
            .values(repetidos=AvisoPasarela.repetidos + 1)
        )
        return False
    objeto_id = uuid5(ESPACIO, str(fila["id"]))
    publicar(sesion, AVISO_RECIBIDO, objeto_id, {"aviso_id": fila["id"]}, libro.SISTEMA)
    return True


def _objeto_de(evento: dict[str, Any]) -> str | None:
    datos = evento.get("data")
    objeto = datos.get("object") if isinstance(datos, dict) else None
    crudo = objeto.get("id") if isinstance(objeto, dict) else None
    return crudo[:80] if isinstance(crudo, str) and "\x00" not in crudo else None


def recuperar_avisos() -> int:
    """Read the gateway's own list of events since the newest we know, and store what no webhook brought.

    Webhooks get lost: a dispute that only a lost webhook announced would be found by nobody else.
    """
    with transaccion() as sesion:
        ultimo = sesion.exec(select(func.max(AvisoPasarela.emitido_en))).one()
        desde = (ultimo or ahora_bd(sesion) - timedelta(days=1)) - REPASO
    try:
        eventos = puerta.eventos_desde(desde)
    except puerta.FallaDePasarela:
        return 0
    por_id = {str(evento["id"]): evento for evento in eventos}

    def recuperar(sesion: Session, id: str) -> bool:
        if sesion.get(AvisoPasarela, id) is not None:
            return False
        emitido = datetime.fromtimestamp(int(por_id[id]["created"]), UTC)
        cuerpo = json.dumps(por_id[id], ensure_ascii=False, default=str).encode()
        return guardar(sesion, por_id[id], cuerpo, "lista", emitido)

    return cada_uno(por_id, recuperar)
