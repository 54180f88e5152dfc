"""What people say and agree to in the shop, so that whoever walks it finds some of each begun.

Ana keeps favourites, writes to who weaves hers, and is offered another pair of the sandals that came unsewn;
Luis changed his mind about another pair, which the same shop takes back once he sends it;
Félix asks before buying, Celia uses a coupon; a municipality freezes a search and has an offer held, and
another one waits for its seller.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from comercio.busqueda import Filtros
from comercio.evidencias import congelar_busqueda
from comercio.favoritos import guardar_favorito
from comercio.mensajes import (
    escribir_mensaje,
    hacer_pregunta,
    preguntas_por_responder,
    responder_pregunta,
)
from comercio.reclamos import (
    MotivoReclamo,
    abrir_reclamo,
    ids_de_reclamos,
    ofrecer_cambio,
    responder_reclamo,
)
from comercio.sostenidas import OfertaPedida, pedir_oferta, responder_oferta
from demostracion.capitulos.comercio import (
    CBBA,
    CUPON,
    EQUIPETROL,
    HISTORIAS,
    LA_PAZ,
    PLAZA,
    SCZ,
    SOPOCACHI,
    Historia,
    cada_pedido,
    comprar_lo_suyo,
    pasos_de,
)
from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.actor import Actor
from nucleo.ids import id_demo

DESCOSIDAS = Historia(7.5, "ana", (("CUE-05", 1),), LA_PAZ, SOPOCACHI, "historia:entrega")
QUEDA_CHICO = Historia(7.4, "luis", (("CUE-03", 1),), SCZ, EQUIPETROL, "historia:entrega")
CON_CUPON = Historia(0.05, "cafe", (("TEJ-02", 1),), CBBA, PLAZA, "pagado", CUPON)
ENCARGO = next(h for h in HISTORIAS if h.comprador == "ana" and h.lineas == (("TEJ-10", 1),))
GUARDADOS = ("TEJ-01", "TEJ-03", "CHO-10", "CUE-01")
ENTIDAD = "alcaldia"
BUSQUEDA, SOSTENIDA, PEDIDA = (id_demo(f"trato:{x}") for x in ("busqueda", "sostenida", "pedida"))


@capitulo("comercio.trato")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    if hoy - timedelta(days=38) < epoca.inicio:
        return  # what they talk about was not there yet

    def hace(dias: float, nombre: str, hacer: Callable[[Session], object]) -> Paso:
        return Paso(hoy - timedelta(days=dias), nombre, hacer)

    yield from pasos_de(DESCOSIDAS, hoy - timedelta(days=DESCOSIDAS.hace_dias))
    yield from pasos_de(QUEDA_CHICO, hoy - timedelta(days=QUEDA_CHICO.hace_dias))
    yield hace(5.4, "favoritos", _guarda)
    yield hace(4.4, "congela una búsqueda", _congela)
    yield hace(4.3, "pide que le sostengan", _pide)
    yield hace(3.6, "se la sostienen", _se_la_sostienen)
    yield hace(2.6, "descosidas: reclama", _descosidas)
    yield hace(2.4, "queda chico: se arrepiente", _se_arrepiente)
    yield hace(2.2, "pregunta", _pregunta)
    yield hace(1.8, "responden", _responden)
    yield hace(1.4, "descosidas: le ofrecen otras", _ofrecen_otras)
    yield hace(1.1, "queda chico: que lo devuelva", _que_lo_devuelva)
    yield hace(0.95, "escribe", _escribe)
    yield hace(0.9, "le contestan", _le_contestan)
    yield hace(0.4, "pide otra", _pide_otra)
    yield hace(0.3, "pregunta otra vez", _pregunta_otra_vez)
    yield hace(0.2, "agradece", _agradece)
    yield hace(CON_CUPON.hace_dias, "cupón", lambda sesion: comprar_lo_suyo(sesion, CON_CUPON))


def _producto(sku: str) -> UUID:
    return id_demo(f"producto:{sku}")


def _vende(sesion: Session, clave: str) -> Actor:
    return actor(sesion, unidades_demo()[clave].persona)


def _guarda(sesion: Session) -> None:
    for sku in GUARDADOS:
        guardar_favorito(sesion, actor(sesion, "ana"), _producto(sku))


# --- A public buyer --------------------------------------------------------------------------------


def _congela(sesion: Session) -> None:
    congelar_busqueda(
        sesion,
        actor(sesion, ENTIDAD),
        id_de_unidad(ENTIDAD),
        Filtros("gorro lluchu"),
        "Gorros para el albergue de niñas y niños",
        _producto("TEJ-05"),
        BUSQUEDA,
    )


def _pide(sesion: Session) -> None:
    pedida = OfertaPedida(
        unidad_id=id_de_unidad(ENTIDAD),
        producto_id=_producto("TEJ-05"),
        cantidad=Decimal(12),
        dias=14,
        busqueda_id=BUSQUEDA,
    )
    pedir_oferta(sesion, actor(sesion, ENTIDAD), pedida, SOSTENIDA)


def _se_la_sostienen(sesion: Session) -> None:
    responder_oferta(sesion, _vende(sesion, "tejidos"), SOSTENIDA, sostener=True)


def _pide_otra(sesion: Session) -> None:
    pedida = OfertaPedida(
        unidad_id=id_de_unidad(ENTIDAD), producto_id=_producto("TEJ-04"), cantidad=Decimal(5), dias=10
    )
    pedir_oferta(sesion, actor(sesion, ENTIDAD), pedida, PEDIDA)


# --- Before and after buying -----------------------------------------------------------------------


def _pregunta(sesion: Session) -> None:
    texto = "¿El poncho es de una sola pieza o lleva costura en los hombros?"
    hacer_pregunta(sesion, actor(sesion, "ferreteria"), _producto("TEJ-03"), texto)


def _responden(sesion: Session) -> None:
    texto = "Son dos paños unidos a mano por el centro; en los hombros no lleva costura."
    for pregunta in preguntas_por_responder(sesion, id_de_unidad("tejidos")):
        responder_pregunta(sesion, _vende(sesion, "tejidos"), pregunta.id, texto)


def _pregunta_otra_vez(sesion: Session) -> None:
    texto = "¿Hay lluchu para niña de cinco años?"
    hacer_pregunta(sesion, actor(sesion, "ferreteria"), _producto("TEJ-05"), texto)


def _escribir(sesion: Session, quien: Actor, historia: Historia, texto: str) -> None:
    ((pedido, _vendedor),) = cada_pedido(sesion, historia)
    escribir_mensaje(sesion, quien, pedido.id, texto)


def _escribe(sesion: Session) -> None:
    texto = "¿El bordado puede ir en hilo azul, como el de la muestra?"
    _escribir(sesion, actor(sesion, "ana"), ENCARGO, texto)


def _le_contestan(sesion: Session) -> None:
    texto = "Sí, azul. Mañana le mando una foto de la primera para que la apruebe."
    _escribir(sesion, _vende(sesion, "tejidos"), ENCARGO, texto)


def _agradece(sesion: Session) -> None:
    _escribir(sesion, actor(sesion, "ana"), ENCARGO, "Gracias. Son doce, talla M y L por igual.")


def _descosidas(sesion: Session) -> None:
    ((pedido, _vendedor),) = cada_pedido(sesion, DESCOSIDAS)
    texto = "La izquierda llegó con la suela descosida por el talón."
    abrir_reclamo(sesion, actor(sesion, "ana"), pedido.id, MotivoReclamo.DANADO, texto)


def _ofrecen_otras(sesion: Session) -> None:
    ((pedido, vendedor),) = cada_pedido(sesion, DESCOSIDAS)
    (reclamo,) = ids_de_reclamos(sesion, pedido.id)
    texto = "Le mando otro par de la misma talla, sin costo. Disculpe."
    ofrecer_cambio(sesion, vendedor, reclamo, id_demo("variante:CUE-05"), texto)


def _se_arrepiente(sesion: Session) -> None:
    ((pedido, _vendedor),) = cada_pedido(sesion, QUEDA_CHICO)
    texto = "Me queda chico. Está sin usar, con su etiqueta."
    abrir_reclamo(sesion, actor(sesion, "luis"), pedido.id, MotivoReclamo.DESISTIMIENTO, texto)


def _que_lo_devuelva(sesion: Session) -> None:
    ((pedido, vendedor),) = cada_pedido(sesion, QUEDA_CHICO)
    (reclamo,) = ids_de_reclamos(sesion, pedido.id)
    texto = "Claro. Mándelo por el mismo correo y apenas llegue le devolvemos."
    responder_reclamo(sesion, vendedor, reclamo, texto, None, False, de_vuelta=True)
