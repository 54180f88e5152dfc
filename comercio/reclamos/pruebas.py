"""What either side adds to a claim while it is open: words, with a picture or a PDF that shows them."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.pedidos import exigir_comprador
from comercio.reclamos import eventos
from comercio.reclamos.bloqueos import bloquear_reclamo
from comercio.reclamos.consultas import pasos_de, reclamo_visible
from comercio.reclamos.errores import ReclamoNoAdmite, ReclamoNoEncontrado
from comercio.reclamos.estados import ABIERTOS, Lado
from comercio.reclamos.modelos import PasoDeReclamo, Reclamo
from comercio.reclamos.pasos import anotar, datos_de
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido
from nucleo.eventos import publicar
from nucleo.textos import gettext as _

PASOS_MAXIMO = 60


def agregar(sesion: Session, actor: Actor, reclamo_id: UUID, texto: str, prueba: Recibido | None) -> Reclamo:
    """Who bought or who sold adds something to a claim that is open; no term is moved by it.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoNoAdmite`, `ImagenInvalida`, `DocumentoInvalido`.
    """
    _r, _p, lado = reclamo_visible(sesion, actor, reclamo_id)
    reclamo, pedido = bloquear_reclamo(sesion, reclamo_id)
    autorizacion = _por_su_lado(sesion, actor, pedido, lado)
    if reclamo.estado not in ABIERTOS:
        raise ReclamoNoAdmite(_("Este reclamo ya terminó: no se le agrega nada."))
    cuantos = select(func.count()).where(col(PasoDeReclamo.reclamo_id) == reclamo_id)
    if sesion.exec(cuantos).one() >= PASOS_MAXIMO:
        raise ReclamoNoAdmite(_("Este reclamo ya tiene todo lo que admite: espere a que se decida."))
    anotar(sesion, reclamo, lado, texto, autorizacion, prueba=prueba)
    reclamo.version += 1
    sesion.flush()
    datos = datos_de(pedido) | {"estado": reclamo.estado}
    publicar(sesion, eventos.RECLAMO_MOVIDO, reclamo.id, datos, autorizacion)
    return reclamo


def exigir_prueba(sesion: Session, reclamo: Reclamo, archivo_id: UUID) -> None:
    """Raises `ReclamoNoEncontrado` when no step of the claim brought it."""
    if archivo_id not in {p.archivo_id for p in pasos_de(sesion, reclamo.id)}:
        raise ReclamoNoEncontrado()


def _por_su_lado(sesion: Session, actor: Actor, pedido: Pedido, lado: Lado) -> Autorizacion:
    if lado is Lado.COMPRADOR:
        return exigir_comprador(sesion, actor, pedido)
    if lado is Lado.VENDEDOR:
        return exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    raise ReclamoNoAdmite(_("Agregan pruebas quien compró y quien vende."))
