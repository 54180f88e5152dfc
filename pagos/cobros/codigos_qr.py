"""QR codes of orders and units: their payloads, and what a scanned one asks for, a person's too."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import zxingcpp
from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import (
    Unidad,
    UnidadNoEncontrada,
    municipio,
    unidad_por_id,
    unidad_por_numero,
)
from nucleo.archivos import Recibido, abrir_imagen
from nucleo.configuracion import ajustes
from nucleo.dinero import a_centavos
from nucleo.textos import gettext as _
from pagos import qr
from pagos.billetera import codigo_escaneado
from pagos.cobros.consultas import orden_por_cpt
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.de_asuntos import donde_se_paga
from pagos.cobros.errores import CptInvalido, OrdenNoEncontrada
from pagos.cobros.modelos import Orden

CIUDAD = "Bolivia"
SOLO_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LADO_MAXIMO = 2_000  # pixels of a photo that are looked at; a printed code needs far fewer


@dataclass(frozen=True, slots=True)
class Destino:
    """What a scanned code pays: an order, a person's code, a unit with an amount or without one, or a matter
    of another room (`ruta`: the page where it is paid)."""

    orden: Orden | None = None
    persona: str | None = None
    unidad: Unidad | None = None
    monto: Money | None = None
    ruta: str | None = None


def qr_de_orden(sesion: Session, orden: Orden) -> str:
    """The dynamic code of an order: what is left to pay, and until when."""
    unidad = unidad_por_id(sesion, orden.unidad_id)
    return qr.generar(
        destino=unidad.numero,
        comercio=unidad.nombre,
        ciudad=_ciudad(sesion, unidad),
        monto=None if orden.parcial else orden.saldo,
        orden=orden.cpt,
        vence_en=orden.vence_en,
        motivo=orden.detalle,
    )


def qr_de_unidad(sesion: Session, unidad: Unidad) -> str:
    """The static code of a unit, to be printed: the payer writes the amount."""
    return qr.generar(destino=unidad.numero, comercio=unidad.nombre, ciudad=_ciudad(sesion, unidad))


def _ciudad(sesion: Session, unidad: Unidad) -> str:
    lugar = municipio(sesion, unidad.municipio_ine) if unidad.municipio_ine else None
    return lugar.nombre if lugar else CIUDAD


def leer_foto(recibido: Recibido) -> str:
    """The text of the one QR in a picture. Raises `ImagenInvalida`, and `QrInvalido` for none or several."""
    imagen = abrir_imagen(recibido, (LADO_MAXIMO, LADO_MAXIMO)).convert("L")
    hallados = {c.text for c in zxingcpp.read_barcodes(imagen, formats=SOLO_QR)}
    if not hallados:
        texto = _("No se ve ningún código QR en la foto. Acérquese, enfoque y tome otra con buena luz.")
        raise qr.QrInvalido("sin_codigo", texto)
    if len(hallados) > 1:
        texto = _("En la foto hay varios códigos QR. Tome una donde esté uno solo.")
        raise qr.QrInvalido("varios_codigos", texto)
    return hallados.pop()


def resolver(sesion: Session, texto: str, ahora: datetime) -> Destino:
    """What a pasted code means: the payload of a QR, an address of ours, or a typed CPT.

    Raises `QrInvalido` (with what is wrong, or whose code it is), `CptInvalido`, `OrdenNoEncontrada`.
    """
    limpio = texto.strip()
    if not limpio.startswith("000201"):
        return Destino(orden=orden_por_cpt(sesion, _codigo_de_direccion(limpio) or limpio))
    datos = qr.leer(limpio)
    if not datos.es_de_qhatu:
        raise qr.QrInvalido("ajeno", _explicar_ajeno(datos))
    if datos.vence_en is not None and datos.vence_en <= ahora:
        raise qr.QrInvalido("vencido", _("Este código venció. Pida uno nuevo a quien le cobra."))
    if datos.persona is not None:
        return Destino(persona=codigo_escaneado(sesion, datos))
    if datos.asunto is not None:
        return Destino(ruta=donde_se_paga(sesion, datos))
    assert datos.destino is not None
    try:
        unidad = unidad_por_numero(sesion, datos.destino)
    except UnidadNoEncontrada as error:
        texto_error = _("El código nombra a una unidad que no está en el registro. No lo pague.")
        raise qr.QrInvalido("destino_desconocido", texto_error) from error
    if datos.orden is None:
        return Destino(unidad=unidad, monto=datos.dinero)
    return Destino(orden=_orden_del_codigo(sesion, datos, unidad))


def _orden_del_codigo(sesion: Session, datos: qr.DatosQR, unidad: Unidad) -> Orden:
    """The order that the code names; one that contradicts it was tampered with."""
    assert datos.orden is not None
    try:
        orden = orden_por_cpt(sesion, datos.orden)
    except (CptInvalido, OrdenNoEncontrada) as error:
        texto = _("La orden de este código no existe. No lo pague.")
        raise qr.QrInvalido("orden_desconocida", texto) from error
    dinero = datos.dinero
    if orden.unidad_id != unidad.id or (dinero is not None and a_centavos(dinero) > a_centavos(orden.monto)):
        texto = _("El código no coincide con la orden %(cpt)s: alguien pudo cambiarlo. No lo pague.")
        raise qr.QrInvalido("orden_distinta", texto % {"cpt": formato_cpt(orden.cpt)})
    return orden


def _explicar_ajeno(datos: qr.DatosQR) -> str:
    comercio = datos.comercio_local or datos.comercio
    de_quien = _(", para «%(comercio)s»") % {"comercio": comercio} if comercio else ""
    return _(
        "Es un código de otro sistema de pagos%(de_quien)s. Páguelo con la aplicación de su banco, "
        "o pida a quien le cobra su código de Qhatu."
    ) % {"de_quien": de_quien}


def _codigo_de_direccion(texto: str) -> str | None:
    """The code inside an address of this platform's pay page; None for anything else."""
    if not texto.lower().startswith(("http://", "https://")):
        return None
    try:
        partes = urlsplit(texto)
    except ValueError:
        return None
    if partes.netloc != urlsplit(ajustes().url_publica).netloc or not partes.path.startswith("/pagar/"):
        raise qr.QrInvalido("direccion_ajena", _("Esa dirección no es de una orden de cobro de Qhatu."))
    return partes.path.removeprefix("/pagar/")
