"""Write a review, write it again, answer it, moderate it. The order's row is the lock of its reviews."""

from uuid import UUID

from sqlmodel import Session, col, select

from ciudadania import obtener_persona
from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.opiniones import eventos
from comercio.opiniones.consultas import OpinionLeida, opinion_por_id, opiniones_del_pedido, versiones_de
from comercio.opiniones.errores import (
    ModeracionRepetida,
    OpinionNoEncontrada,
    OpinionNoProcede,
    OpinionPropia,
    OpinionRespondida,
)
from comercio.opiniones.modelos import Opinion, OpinionModeracion, OpinionRespuesta, OpinionVersion
from comercio.pedidos import bloquear_pedido, exigir_comprador, lineas_del_pedido
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    SinFacultad,
    exigir_facultad,
    facultades_de,
    unidad_por_id,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import Prohibido
from nucleo.eventos import publicar
from nucleo.lectores import como_se_escribe
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

EDITAR = "comercio.editar_opinion"


def opinar(
    sesion: Session, actor: Actor, pedido_id: UUID, linea_id: UUID, estrellas: int, texto: str
) -> OpinionLeida:
    """Who bought says what they think of a line of an order that ended; said again in its time, it is a new
    version. Raises `Prohibido` to a program, `PedidoNoEncontrado`, `PedidoAjeno`, `OpinionNoProcede`,
    `OpinionPropia`.
    """
    assert 1 <= estrellas <= 5
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_comprador(sesion, actor, pedido)
    if actor.persona_id is None:
        raise Prohibido(_("Para opinar ingrese como persona."))
    _exigir_ajeno(sesion, actor, pedido)
    anterior = opiniones_del_pedido(sesion, pedido_id).get(linea_id)
    if anterior is None:
        return _publicar(sesion, autorizacion, pedido, linea_id, estrellas, texto)
    if (anterior.estrellas, anterior.texto) == (estrellas, texto):
        return anterior
    if anterior.editable_hasta < ahora_bd(sesion):
        raise OpinionNoProcede(
            _("Se podía cambiar hasta el %(dia)s.") % {"dia": filtro_fecha(anterior.editable_hasta)}
        )
    _escribir(sesion, autorizacion, anterior.id, anterior.version + 1, estrellas, texto)
    auditar(
        sesion, autorizacion, "opinion.cambiar", "comercio_opinion", anterior.id, {"estrellas": estrellas}
    )
    return opinion_por_id(sesion, anterior.id)


def exigir_que_responda(sesion: Session, actor: Actor, opinion: OpinionLeida) -> Autorizacion:
    """Of whoever sells for that unit; to anybody else what is hidden does not exist.

    Raises `OpinionNoEncontrada`, `SinFacultad`.
    """
    try:
        return exigir_facultad(sesion, actor, opinion.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    except SinFacultad:
        if opinion.oculta:
            raise OpinionNoEncontrada() from None
        raise


def responder(sesion: Session, actor: Actor, opinion_id: UUID, texto: str) -> OpinionLeida:
    """Who sold answers, once. Raises `OpinionNoEncontrada`, `SinFacultad`, `OpinionRespondida`."""
    leida = _bloqueada(sesion, opinion_id)
    autorizacion = exigir_que_responda(sesion, actor, leida)
    if leida.respuesta is not None:
        raise OpinionRespondida(_("Cada opinión se responde una vez."))
    sesion.add(
        OpinionRespuesta(opinion_id=leida.id, version=leida.version, texto=texto, actor=actor.nombre[:200])
    )
    sesion.flush()
    auditar(sesion, autorizacion, "opinion.responder", "comercio_opinion", leida.id, {})
    publicar(sesion, eventos.OPINION_RESPONDIDA, leida.id, _datos(leida), autorizacion)
    return opinion_por_id(sesion, leida.id)


def moderar(sesion: Session, actor: Actor, opinion_id: UUID, motivo: str, *, ocultar: bool) -> OpinionLeida:
    """The authority hides a review, or shows it again, and says why; what it said stays in the record.

    Raises `OpinionNoEncontrada`, `SinFacultad`, `CasoPropio`, `ModeracionRepetida`.
    """
    exigir_autoridad(sesion, actor)  # what is hidden does not exist for anybody else
    leida = _bloqueada(sesion, opinion_id)
    autorizacion = autorizar_moderacion(sesion, actor, leida)
    if leida.oculta == ocultar:
        raise ModeracionRepetida(_("Alguien ya lo decidió: vea la opinión otra vez."))
    sesion.add(
        OpinionModeracion(opinion_id=leida.id, oculta=ocultar, motivo=motivo, actor=actor.nombre[:200])
    )
    sesion.flush()
    hechos = {"oculta": ocultar, "motivo": motivo}
    auditar(sesion, autorizacion, "opinion.moderar", "comercio_opinion", leida.id, hechos)
    publicar(sesion, eventos.OPINION_MODERADA, leida.id, _datos(leida), autorizacion)
    return opinion_por_id(sesion, leida.id)


def autorizar_moderacion(sesion: Session, actor: Actor, leida: OpinionLeida) -> Autorizacion:
    """Of the authority, who neither sells, nor bought, nor wrote it. Raises `SinFacultad`, `CasoPropio`."""
    return exigir_autoridad(
        sesion,
        actor,
        leida.vendedor_id,
        parte_id=sesion.get_one(Pedido, leida.pedido_id).comprador_parte_id,
        personas={v.persona_id for v in versiones_de(sesion, leida.id)},
    )


def se_puede_opinar(pedido: Pedido) -> bool:
    return pedido.estado == EstadoPedido.CONCLUIDO


def _publicar(
    sesion: Session,
    autorizacion: Autorizacion,
    pedido: Pedido,
    linea_id: UUID,
    estrellas: int,
    texto: str,
) -> OpinionLeida:
    if not se_puede_opinar(pedido):
        raise OpinionNoProcede(_("Se opina cuando el pedido concluye."))
    suyas = {x.fila.id: x for x in lineas_del_pedido(sesion, pedido.id)}
    if linea_id not in suyas or suyas[linea_id].viva <= 0:
        raise OpinionNoProcede(_("Se opina de lo que se compró y no se canceló."))
    ahora = ahora_bd(sesion)
    opinion = Opinion(
        pedido_id=pedido.id,
        linea_id=linea_id,
        producto_id=suyas[linea_id].fila.producto_id,
        vendedor_id=pedido.vendedor_id,
        autor=_firma(sesion, autorizacion),
        estrellas=estrellas,
        publicada_en=ahora,
        editable_hasta=vence(sesion, EDITAR, ahora),
    )
    sesion.add(opinion)
    sesion.flush()
    _escribir(sesion, autorizacion, opinion.id, 1, estrellas, texto)
    auditar(
        sesion, autorizacion, "opinion.publicar", "comercio_opinion", opinion.id, {"estrellas": estrellas}
    )
    leida = opinion_por_id(sesion, opinion.id)
    publicar(sesion, eventos.OPINION_PUBLICADA, opinion.id, _datos(leida), autorizacion)
    return leida


def _escribir(
    sesion: Session, autorizacion: Autorizacion, opinion_id: UUID, numero: int, estrellas: int, texto: str
) -> None:
    actor = autorizacion.actor
    assert actor.persona_id is not None
    sesion.add(
        OpinionVersion(
            opinion_id=opinion_id,
            numero=numero,
            estrellas=estrellas,
            texto=texto,
            persona_id=actor.persona_id,
            actor=actor.nombre[:200],
        )
    )
    sesion.flush()


def _exigir_ajeno(sesion: Session, actor: Actor, pedido: Pedido) -> None:
    """Nobody reviews what a unit sells for which they may sell, alone or with others."""
    if Facultad.VENDER in facultades_de(sesion, actor, con_otros=True).get(pedido.vendedor_id, ()):
        raise OpinionPropia(_("Usted puede vender por esa unidad: no puede opinar de lo que vende."))


def _firma(sesion: Session, autorizacion: Autorizacion) -> str:
    """What is shown of who wrote: a unit by its name, a citizen by theirs and an initial («Ana C.»)."""
    if autorizacion.unidad_id is not None:
        return unidad_por_id(sesion, autorizacion.unidad_id).nombre[:120]
    persona_id = autorizacion.actor.persona_id
    assert persona_id is not None
    persona = obtener_persona(sesion, persona_id)
    nombre = como_se_escribe(persona.nombres).split()[0]
    apellido = persona.primer_apellido or persona.segundo_apellido
    return f"{nombre} {apellido[0].upper()}."[:120] if apellido else nombre[:120]


def _bloqueada(sesion: Session, opinion_id: UUID) -> OpinionLeida:
    consulta = select(Opinion.pedido_id).where(col(Opinion.id) == opinion_id)
    pedido_id = sesion.exec(consulta).one_or_none()
    if pedido_id is None:
        raise OpinionNoEncontrada()
    bloquear_pedido(sesion, pedido_id)
    return opinion_por_id(sesion, opinion_id)


def _datos(opinion: OpinionLeida) -> dict[str, str]:
    return {"pedido_id": str(opinion.pedido_id), "producto_id": str(opinion.producto_id)}
