"""Five weeks in which things go wrong in the shop, and how each ends.

A parcel does not arrive, and its seller says nothing; the authority decides a claim in part; a seller offers
a part and it is taken; nobody says whether a service was done; a bank claims the money with which something
was paid; two buy the last ones at the same minute; a seller goes on holiday; a review is hidden; a product is
taken off sale and comes back on appeal.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from sqlmodel import Session

from comercio import (
    PedidoHecho,
    ProductoNoDisponible,
    SinExistencia,
    cancelar,
    dar_por_conformes,
    liberar_vencidas,
    tomar_vacaciones,
)
from comercio.confianza import (
    Apelacion,
    DecisionDeDenuncia,
    DenunciaNueva,
    MotivoDenuncia,
    ResolucionDeApelacion,
    apelar,
    decidir_denuncia,
    denunciar_producto,
    resolver_apelacion,
)
from comercio.opiniones import moderar_opinion, opiniones_de, publicar_opinion, responder_opinion
from comercio.reclamos import (
    MotivoReclamo,
    abrir_reclamo,
    aceptar_oferta,
    decidir_reclamo,
    ids_de_reclamos,
    pedir_mediacion,
    responder_reclamo,
    vencer_reclamos,
)
from demostracion.capitulos.comercio import (
    CBBA,
    EL_ALTO,
    EQUIPETROL,
    LA_PAZ,
    PLAZA,
    SCZ,
    SOPOCACHI,
    TRINIDAD,
    Historia,
    cada_pedido,
    comprar_lo_suyo,
    pasos_de,
)
from demostracion.capitulos.registro import unidades_demo
from demostracion.capitulos.tarjetas import decide_el_banco, recargar_con, reclama_el_banco
from demostracion.elenco import actor, asegurar, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos.tarjetas import usa_simulacion

TARDA = Historia(35, "luis", (("SOM-05", 1),), TRINIDAD, PLAZA, "viaje:entrega:EMA")
MEDIADA = Historia(33, "ana", (("CER-01", 2),), LA_PAZ, SOPOCACHI, "historia:entrega")
OFRECIDA = Historia(31, "quinua", (("PAP-04", 3),), EL_ALTO, PLAZA, "historia:entrega")
CALLADA = Historia(30, "luis", (("MAD-10", 4),), SCZ, EQUIPETROL, "servicio:callada")
CON_TARJETA = Historia(29, "gobernacion", (("QUI-09", 2),), CBBA, PLAZA, "historia:entrega")
LAS_ULTIMAS = Historia(26, "papeleria", (("FER-10", 5),), LA_PAZ, PLAZA, "historia:entrega")
LA_QUE_QUEDO = Historia(25.5, "cafe", (("FER-10", 1),), LA_PAZ, PLAZA, "historia:entrega")
SIN_SUERTE = Historia(25.9, "cafe", (("FER-10", 1),), LA_PAZ, PLAZA, "")
DE_VACACIONES = Historia(33.5, "luis", (("CAF-06", 1),), SCZ, EQUIPETROL, "")
A_LA_VUELTA = Historia(28, "luis", (("CAF-06", 1),), SCZ, EQUIPETROL, "historia:entrega")
COMPRAS = (
    TARDA,
    MEDIADA,
    OFRECIDA,
    CALLADA,
    CON_TARJETA,
    LAS_ULTIMAS,
    LA_QUE_QUEDO,
    A_LA_VUELTA,
)
RETIRADO = "TAR-05"
PAGO = "la tienda"
DIAS = 35


@capitulo("comercio.contratiempos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    if hoy - timedelta(days=38) < epoca.inicio:
        return  # what they buy was not there yet

    def hace(dias: float, nombre: str, hacer: Callable[[Session], object]) -> Paso:
        return Paso(hoy - timedelta(days=dias), nombre, hacer)

    for historia in COMPRAS:
        yield from pasos_de(historia, hoy - timedelta(days=historia.hace_dias))
    for dias in range(DIAS):
        yield hace(dias + 0.06, f"noche {dias}", _anochece)
    yield hace(13, "tarda: reclama", _no_llego)
    yield hace(28.2, "mediada: reclama", _llego_roto)
    yield hace(27.4, "mediada: no aceptan", _no_aceptan)
    yield hace(26.8, "mediada: a la autoridad", _a_la_autoridad)
    yield hace(22.3, "mediada: decide", _decide)
    yield hace(26.5, "ofrecida: reclama", _no_es_lo_descrito)
    yield hace(25.7, "ofrecida: ofrecen", _ofrecen)
    yield hace(24.9, "ofrecida: acepta", _acepta)
    if usa_simulacion():
        recarga = partial(recargar_con, quien="gobernacion", nombre=PAGO, monto="132.00")
        yield hace(29.2, "tarjeta: recarga", recarga)
        yield hace(25.2, "tarjeta: reclama el banco", _reclama_el_banco)
        yield hace(5.3, "tarjeta: decide el banco", partial(decide_el_banco, nombre=PAGO))
    yield hace(25.9, "agotado: llega tarde", partial(_no_pudo, de=SIN_SUERTE, por=SinExistencia))
    yield hace(25.8, "agotado: le sobran dos", _le_sobran)
    yield hace(34.2, "vacaciones: se van", _se_van)
    yield hace(33.5, "vacaciones: no se puede", partial(_no_pudo, de=DE_VACACIONES, por=ProductoNoDisponible))
    yield hace(12, "opinión: de quien esperó", _opina)
    yield hace(11.2, "opinión: responden", _responden)
    yield hace(9, "opinión: con un teléfono", _opina_con_telefono)
    yield hace(8.1, "opinión: se oculta", _se_oculta)
    yield hace(24, "retirado: denuncia", _denuncia)
    yield hace(22.6, "retirado: sale de la tienda", _sale_de_la_tienda)
    yield hace(21.5, "retirado: apela", _apela)
    yield hace(16.4, "retirado: vuelve", _vuelve)


def _anochece(_sesion: Session) -> None:
    """What the sweeps do by themselves."""
    vencer_reclamos()
    dar_por_conformes()
    liberar_vencidas()


def _pedido(sesion: Session, historia: Historia) -> tuple[PedidoHecho, Actor]:
    """Its only order, and who sells it."""
    ((pedido, vendedor),) = cada_pedido(sesion, historia)
    return pedido, vendedor


# --- Claims ----------------------------------------------------------------------------------------


def _reclamar(sesion: Session, historia: Historia, motivo: MotivoReclamo, relato: str) -> None:
    """Of all that was bought."""
    pedido, _vendedor = _pedido(sesion, historia)
    abrir_reclamo(sesion, actor(sesion, historia.comprador), pedido.id, motivo, relato)


def _reclamo(sesion: Session, historia: Historia) -> UUID:
    """The claim of an order; its id is not ours to choose."""
    pedido, _vendedor = _pedido(sesion, historia)
    (id_,) = ids_de_reclamos(sesion, pedido.id)
    return id_


def _no_llego(sesion: Session) -> None:
    _reclamar(sesion, TARDA, MotivoReclamo.NO_RECIBIDO, "Hace tres semanas que no se mueve de La Paz.")


def _llego_roto(sesion: Session) -> None:
    _reclamar(sesion, MEDIADA, MotivoReclamo.DANADO, "Uno de los cántaros llegó sin asa.")


def _no_aceptan(sesion: Session) -> None:
    _suyo, vendedor = _pedido(sesion, MEDIADA)
    texto = "Salieron enteros: los embalamos con paja doble."
    responder_reclamo(sesion, vendedor, _reclamo(sesion, MEDIADA), texto, None, False)


def _a_la_autoridad(sesion: Session) -> None:
    texto = "La foto muestra la caja golpeada y el asa suelta."
    pedir_mediacion(sesion, actor(sesion, "ana"), _reclamo(sesion, MEDIADA), texto)


def _decide(sesion: Session) -> None:
    """One of the two came whole: half of it goes back."""
    motivos = "De los dos cántaros uno llegó sano: vuelve lo que costó el otro."
    decidir_reclamo(sesion, actor(sesion, "regulador"), _reclamo(sesion, MEDIADA), motivos, bs("185.00"))


def _no_es_lo_descrito(sesion: Session) -> None:
    texto = "Son de doce colores, no de veinticuatro."
    _reclamar(sesion, OFRECIDA, MotivoReclamo.NO_ES_LO_DESCRITO, texto)


def _ofrecen(sesion: Session) -> None:
    _suyo, vendedor = _pedido(sesion, OFRECIDA)
    texto = "Fue otra caja. Devolvemos la diferencia y se los queda."
    responder_reclamo(sesion, vendedor, _reclamo(sesion, OFRECIDA), texto, bs("40.00"), False)


def _acepta(sesion: Session) -> None:
    aceptar_oferta(sesion, actor(sesion, OFRECIDA.comprador), _reclamo(sesion, OFRECIDA))


# --- Money, stock, holidays ------------------------------------------------------------------------


def _reclama_el_banco(sesion: Session) -> None:
    """There is money to cover it: the wallet is not frozen, and who sold is paid all the same."""
    asegurar(sesion, CON_TARJETA.comprador, bs("140.00"))
    sesion.commit()
    reclama_el_banco(sesion, PAGO)


def _no_pudo(sesion: Session, de: Historia, por: type[Exception]) -> None:
    """Somebody tried to buy what was not there: nothing of it happened."""
    try:
        with sesion.begin_nested():
            comprar_lo_suyo(sesion, de)
    except por:
        return
    raise AssertionError(de)


def _le_sobran(sesion: Session) -> None:
    (pedido, _vendedor) = _pedido(sesion, LAS_ULTIMAS)
    quien = actor(sesion, LAS_ULTIMAS.comprador)
    cancelar(sesion, quien, pedido.id, "Con tres nos alcanza", {pedido.lineas[0]: Decimal(2)})


def _se_van(sesion: Session) -> None:
    """Five days, for the harvest."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    tomar_vacaciones(sesion, actor(sesion, "cafe"), id_de_unidad("cafe"), hoy, hoy + timedelta(days=4))


# --- What is said of it ----------------------------------------------------------------------------


def _opina(sesion: Session) -> None:
    pedido, _vendedor = _pedido(sesion, OFRECIDA)
    texto = "Trajeron otra caja, pero lo arreglaron rápido."
    publicar_opinion(sesion, actor(sesion, OFRECIDA.comprador), pedido.id, pedido.lineas[0], 3, texto)


def _responden(sesion: Session) -> None:
    _suyo, vendedor = _pedido(sesion, OFRECIDA)
    texto = "Gracias por la paciencia: ya corregimos la ficha."
    responder_opinion(sesion, vendedor, _ultima(sesion, "PAP-04"), texto)


def _opina_con_telefono(sesion: Session) -> None:
    pedido, _vendedor = _pedido(sesion, A_LA_VUELTA)
    texto = "No compren aquí: por mayor vendo yo, más barato y sin comisión."
    publicar_opinion(sesion, actor(sesion, A_LA_VUELTA.comprador), pedido.id, pedido.lineas[0], 1, texto)


def _se_oculta(sesion: Session) -> None:
    motivo = "No habla de lo que compró: ofrece otra venta."
    moderar_opinion(sesion, actor(sesion, "regulador"), _ultima(sesion, "CAF-06"), motivo, ocultar=True)


def _ultima(sesion: Session, sku: str) -> UUID:
    return opiniones_de(sesion, id_demo(f"producto:{sku}"))[0][0].id


def _denuncia(sesion: Session) -> None:
    datos = DenunciaNueva(motivo=MotivoDenuncia.IMITACION, relato="Parece tejido a máquina, no a mano.")
    denunciar_producto(sesion, actor(sesion, "ana"), id_demo(f"producto:{RETIRADO}"), datos)


def _sale_de_la_tienda(sesion: Session) -> None:
    datos = DecisionDeDenuncia(retirar=True, motivos="La foto no permite descartar que sea industrial.")
    decidir_denuncia(sesion, actor(sesion, "regulador"), id_demo(f"producto:{RETIRADO}"), datos)


def _apela(sesion: Session) -> None:
    datos = Apelacion(texto="Adjuntamos el carnet de artesana y el telar: se teje en Candelaria, a mano.")
    quien = next(d.persona for d in unidades_demo().values() if d.id == id_de_unidad("tarabuco"))
    apelar(sesion, actor(sesion, quien), id_demo(f"producto:{RETIRADO}"), datos)


def _vuelve(sesion: Session) -> None:
    """Another person of the authority than who took it off."""
    datos = ResolucionDeApelacion(levantar=True, motivos="Se verificó el taller: es tejido a mano.")
    resolver_apelacion(sesion, actor(sesion, "vocal"), id_demo(f"producto:{RETIRADO}"), datos)
