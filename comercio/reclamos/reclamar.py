"""The whole of a claim: opened, answered, taken to the authority, decided, ended by time.

It holds the order's money from the first act to the last. Silence is decided against who had to speak: a
seller who does not answer gives all back, a buyer who does not answer takes what was offered, or nothing;
when the authority is silent the buyer is given what they asked for. Who only changed their mind asks it of
the seller, whose silence is a no, and whom nobody compels.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.catalogo import Modalidad, exigir_medida
from comercio.compra import EstadoPedido, EstadoServicio
from comercio.compra.modelos import Pedido, Servicio
from comercio.custodia import VIVA, congelar, dinero_de, recibido_conforme
from comercio.pedidos import (
    NADA,
    LineaDePedido,
    bloquear_pedido,
    exigir_comprador,
    lineas_del_pedido,
    lo_que_deben,
    lo_que_hay,
    no_recibido,
)
from comercio.reclamos import eventos
from comercio.reclamos.bloqueos import bloquear_reclamo
from comercio.reclamos.cambiar import DECIDIRSE, MANDAR, vencer_cambio
from comercio.reclamos.cambios import dejar_cambio
from comercio.reclamos.consultas import (
    ReclamadoAntes,
    porte_de,
    reclamado_antes,
    reclamo_abierto,
    reclamo_visible,
)
from comercio.reclamos.errores import ReclamoNoAdmite, ReclamoNoProcede
from comercio.reclamos.estados import VIDA_RECLAMO, EstadoReclamo, Lado, MotivoReclamo
from comercio.reclamos.modelos import LineaDeReclamo, Reclamo
from comercio.reclamos.pasos import SISTEMA, anotar, datos_de
from comercio.reclamos.terminar import devolver, esperar, hasta, lo_mas, sin_objeto, terminar
from comercio.reclamos.volver import MEDIAR, VUELVE, pedir_de_vuelta, vencer_vuelta
from comercio.reclamos.vueltas import camino_de
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido
from nucleo.dinero import cero, formato_bs, formato_cantidad
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

RESPONDER = "comercio.responder_reclamo"
_E = EstadoReclamo
_DE_SERVICIO = (MotivoReclamo.NO_ES_LO_DESCRITO, MotivoReclamo.SERVICIO_NO_HECHO)
_DE_ENVIO = (
    MotivoReclamo.NO_ES_LO_DESCRITO,
    MotivoReclamo.DANADO,
    MotivoReclamo.DESISTIMIENTO,
    MotivoReclamo.NO_RECIBIDO,
)


def abrir(
    sesion: Session,
    actor: Actor,
    pedido_id: UUID,
    motivo: MotivoReclamo,
    relato: str,
    monto: Money | None = None,
    *,
    cantidades: Mapping[UUID, Decimal] | None = None,
    prueba: Recibido | None = None,
) -> Reclamo:
    """Who bought claims, while the money of the order is still held, or whoever collected it at the door is
    late with it: of all of it or so much of each line, and asks what that cost, or less. One at a time, each
    reason once, and none once the authority decided, nor of what a public entity received conform and has to
    pay.

    Raises `PedidoNoEncontrado`, `PedidoAjeno`, `ReclamoNoProcede`, `ReclamoNoAdmite`, `DatosInvalidos`,
    `CantidadInvalida`, `ImagenInvalida`, `DocumentoInvalido`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_comprador(sesion, actor, pedido)
    hay = lo_que_hay(sesion, pedido)
    dinero = dinero_de(sesion, pedido_id)
    if dinero.estado not in VIVA:
        raise ReclamoNoProcede(_("El dinero de este pedido ya no está en custodia."))
    if reclamo_abierto(sesion, pedido_id) is not None:
        raise ReclamoNoProcede(_("Ya hay un reclamo abierto de este pedido."))
    _exigir_que_proceda(sesion, pedido, motivo, reclamado_antes(sesion, pedido_id))
    lineas = lineas_del_pedido(sesion, pedido_id)
    que, de_lineas = _en_juego(lineas, cantidades)
    tope = min(de_lineas + porte_de(sesion, pedido, motivo, lineas, que), hay)
    monto = tope if monto is None else monto
    if not cero() < monto <= tope:
        texto = _("Lo más que se puede devolver por eso es %(tope)s.") % {"tope": formato_bs(tope)}
        raise DatosInvalidos(texto, campos={"monto": texto})
    if dinero.por_cobrar == cero():
        congelar(sesion, pedido_id)
    ahora = ahora_bd(sesion)
    reclamo = Reclamo(
        pedido_id=pedido_id,
        motivo=motivo,
        pedido_monto=monto,
        abierto_en=ahora,
        vence_en=hasta(sesion, RESPONDER, ahora, pedido),
    )
    sesion.add(reclamo)
    sesion.flush()
    sesion.add_all(
        LineaDeReclamo(reclamo_id=reclamo.id, linea_id=id, pedido_id=pedido_id, cantidad=cantidad)
        for id, cantidad in que.items()
    )
    anotar(sesion, reclamo, Lado.COMPRADOR, relato, autorizacion, monto, prueba)
    publicar(sesion, eventos.RECLAMO_ABIERTO, reclamo.id, datos_de(pedido), autorizacion)
    return reclamo


def _en_juego(
    lineas: Sequence[LineaDePedido], cantidades: Mapping[UUID, Decimal] | None
) -> tuple[dict[UUID, Decimal], Money]:
    """How much of each line is claimed, all that is left of the order without `cantidades` (of zero nothing),
    and the most that may be asked for it: what it cost and was not given back."""
    vivas = {x.fila.id: x for x in lineas if x.viva > NADA}
    if cantidades is None:
        que = {id: x.viva for id, x in vivas.items() if x.por_devolver > cero()}
        return que, sum((vivas[id].vale(n) for id, n in que.items()), cero())
    for lugar, (linea_id, cantidad) in enumerate(cantidades.items()):
        campo, linea = f"lineas.{lugar}.cantidad", vivas.get(linea_id)
        if linea is not None:
            exigir_medida(linea.fila.unidad_medida, cantidad, campo)
        viva = linea.viva if linea is not None else NADA
        if not NADA <= cantidad <= viva:
            texto = _("De eso compró %(n)s.") % {"n": formato_cantidad(viva)}
            raise DatosInvalidos(texto, campos={campo: texto})
    que = {id: cantidad for id, cantidad in cantidades.items() if cantidad}
    if not que:
        texto = _("Diga de qué reclama, y de cuánto.")
        raise DatosInvalidos(texto, campos={"lineas.0.cantidad": texto})
    return que, sum((vivas[id].vale(n) for id, n in que.items()), cero())


def responder(
    sesion: Session,
    actor: Actor,
    reclamo_id: UUID,
    texto: str,
    oferta: Money | None,
    acepta: bool,
    *,
    de_vuelta: bool = False,
) -> Reclamo:
    """Who sold accepts (all that was asked goes back, `de_vuelta` once what is claimed did), offers a part,
    or rejects with reasons.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoNoAdmite`, `DatosInvalidos`.
    """
    reclamo, pedido, lado = _bloqueado(sesion, actor, reclamo_id)
    if lado is not Lado.VENDEDOR:
        raise ReclamoNoAdmite(_("Ahora responde quien vende."))
    autorizacion = exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if reclamo.estado != _E.ABIERTO:
        raise ReclamoNoAdmite(_("Este reclamo ya se respondió."))
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return reclamo
    if de_vuelta:
        pedir_de_vuelta(sesion, reclamo, pedido, autorizacion, texto)
    elif acepta:
        anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion, reclamo.pedido_monto)
        devolver(sesion, reclamo, pedido, autorizacion, reclamo.pedido_monto)
    elif oferta is not None:
        if not cero() < oferta < reclamo.pedido_monto:
            error = _("Ofrezca menos de %(m)s, o acepte todo.") % {"m": formato_bs(reclamo.pedido_monto)}
            raise DatosInvalidos(error, campos={"oferta": error})
        reclamo.ofrecido = oferta
        anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion, oferta)
        esperar(sesion, reclamo, pedido, autorizacion, _E.OFRECIDO, DECIDIRSE)
    else:
        anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion)
        esperar(sesion, reclamo, pedido, autorizacion, _E.RECHAZADO, DECIDIRSE)
    return reclamo


def aceptar_oferta(sesion: Session, actor: Actor, reclamo_id: UUID) -> Reclamo:
    """Who bought takes what was offered."""
    reclamo, pedido, autorizacion = _del_comprador(sesion, actor, reclamo_id)
    if reclamo.estado == _E.POR_CAMBIAR:
        if not sin_objeto(sesion, reclamo, pedido, autorizacion):
            anotar(sesion, reclamo, Lado.COMPRADOR, _("Acepta el cambio."), autorizacion)
            esperar(sesion, reclamo, pedido, autorizacion, _E.EN_CAMBIO, MANDAR)
        return reclamo
    if reclamo.estado != _E.OFRECIDO or reclamo.ofrecido is None:
        raise ReclamoNoAdmite(_("No hay una oferta que aceptar."))
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return reclamo
    anotar(sesion, reclamo, Lado.COMPRADOR, _("Acepta lo ofrecido."), autorizacion, reclamo.ofrecido)
    devolver(sesion, reclamo, pedido, autorizacion, reclamo.ofrecido)
    return reclamo


def pedir_mediacion(sesion: Session, actor: Actor, reclamo_id: UUID, texto: str) -> Reclamo:
    """Who bought takes to the authority what was rejected, or offered in part."""
    reclamo, pedido, autorizacion = _del_comprador(sesion, actor, reclamo_id)
    VIDA_RECLAMO.exigir_paso(reclamo, _E.EN_MEDIACION)
    if reclamo.estado in (_E.EN_VUELTA, _E.POR_REVISAR):
        raise ReclamoNoAdmite(_("Lo que devuelve va en camino o quien vende lo revisa: espere su plazo."))
    if reclamo.motivo == MotivoReclamo.DESISTIMIENTO:
        raise ReclamoNoAdmite(_("Si se arrepintió, decide quien vende: no va a la autoridad."))
    dejar_cambio(sesion, reclamo, pedido, autorizacion)
    anotar(sesion, reclamo, Lado.COMPRADOR, texto, autorizacion)
    esperar(sesion, reclamo, pedido, autorizacion, _E.EN_MEDIACION, MEDIAR)
    return reclamo


def retirar(sesion: Session, actor: Actor, reclamo_id: UUID) -> Reclamo:
    """Who bought gives it up: the order goes on as it was."""
    reclamo, pedido, autorizacion = _del_comprador(sesion, actor, reclamo_id)
    VIDA_RECLAMO.exigir_paso(reclamo, _E.RETIRADO)
    if reclamo.estado == _E.POR_VOLVER and camino_de(sesion, reclamo, pedido).ya_viaja:
        raise ReclamoNoAdmite(_("Lo que devuelve ya va en camino: espere a que llegue."))
    anotar(sesion, reclamo, Lado.COMPRADOR, _("Retira el reclamo."), autorizacion)
    terminar(sesion, reclamo, pedido, autorizacion, _E.RETIRADO)
    return reclamo


def decidir(sesion: Session, actor: Actor, reclamo_id: UUID, motivos: str, monto: Money) -> Reclamo:
    """The authority decides how much goes back: all that what is claimed is still worth, a part, or nothing.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `SinCompetencia`, `CasoPropio`, `ReclamoNoAdmite`,
    `DatosInvalidos`.
    """
    reclamo, pedido, _lado = _bloqueado(sesion, actor, reclamo_id)
    autorizacion = autorizar_mediacion(sesion, actor, pedido)
    if reclamo.estado != _E.EN_MEDIACION:
        raise ReclamoNoAdmite(_("Este reclamo no espera a la autoridad."))
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return reclamo
    tope = lo_mas(sesion, reclamo)
    if not cero() <= monto <= tope:
        texto = _("Lo más que se puede devolver es %(tope)s.") % {"tope": formato_bs(tope)}
        raise DatosInvalidos(texto, campos={"monto": texto})
    anotar(sesion, reclamo, Lado.MEDIADOR, motivos, autorizacion, monto)
    devolver(sesion, reclamo, pedido, autorizacion, monto)
    return reclamo


def autorizar_mediacion(sesion: Session, actor: Actor, pedido: Pedido) -> Autorizacion:
    """Of the authority, who neither sold nor bought. Raises `SinFacultad`, `SinCompetencia`, `CasoPropio`."""
    return exigir_autoridad(sesion, actor, pedido.vendedor_id, parte_id=pedido.comprador_parte_id)


def vencer(sesion: Session, reclamo_id: UUID) -> bool:
    """The sweep: whoever had to speak did not, or the order ended otherwise. False when it is not so."""
    reclamo, pedido = bloquear_reclamo(sesion, reclamo_id)
    if reclamo.estado in VIDA_RECLAMO.fines or reclamo.vence_en is None:
        return False
    if dinero_de(sesion, pedido.id).estado not in VIVA:
        terminar(sesion, reclamo, pedido, SISTEMA, _E.SIN_OBJETO)
        return True
    if reclamo.vence_en > ahora_bd(sesion):
        return False
    if sin_objeto(sesion, reclamo, pedido, SISTEMA):
        return True
    if reclamo.estado == _E.POR_CAMBIAR:
        texto = _("Quien compró no respondió: se hace el cambio que se ofreció.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
        esperar(sesion, reclamo, pedido, SISTEMA, _E.EN_CAMBIO, MANDAR)
        return True
    if reclamo.estado == _E.EN_CAMBIO:
        return vencer_cambio(sesion, reclamo, pedido)
    if reclamo.estado in VUELVE:
        return vencer_vuelta(sesion, reclamo, pedido)
    if reclamo.estado == _E.RECHAZADO:
        texto = _("Quien compró no lo llevó a la autoridad: el reclamo termina.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
        devolver(sesion, reclamo, pedido, SISTEMA, cero())
        return True
    if reclamo.estado == _E.ABIERTO and reclamo.motivo == MotivoReclamo.DESISTIMIENTO:
        texto = _("Quien vende no respondió: no lo acepta.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
        esperar(sesion, reclamo, pedido, SISTEMA, _E.RECHAZADO, DECIDIRSE)
        return True
    monto = reclamo.ofrecido if reclamo.estado == _E.OFRECIDO else reclamo.pedido_monto
    assert monto is not None
    texto = {
        _E.ABIERTO: _("Quien vende no respondió: se devuelve lo que se pidió."),
        _E.OFRECIDO: _("Quien compró no respondió: se le devuelve lo que se ofreció."),
        _E.EN_MEDIACION: _("La autoridad no decidió a tiempo: se devuelve lo que se pidió."),
    }[_E(reclamo.estado)]
    anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA, min(monto, lo_mas(sesion, reclamo)))
    devolver(sesion, reclamo, pedido, SISTEMA, monto)
    return True


def motivos_que_proceden(sesion: Session, pedido: Pedido) -> tuple[list[MotivoReclamo], str]:
    """What may be claimed now of an order without an open claim; when nothing may, why."""
    if dinero_de(sesion, pedido.id).estado not in VIVA:
        return [], _("El dinero de este pedido ya no está en custodia.")
    antes = reclamado_antes(sesion, pedido.id)
    proceden: list[MotivoReclamo] = []
    por_que_no = ""
    for motivo in _DE_SERVICIO if pedido.modalidad == Modalidad.SERVICIO else _DE_ENVIO:
        try:
            _exigir_que_proceda(sesion, pedido, motivo, antes)
        except ReclamoNoProcede as error:
            por_que_no = error.detalle
        else:
            proceden.append(motivo)
    return proceden, por_que_no


def _exigir_que_proceda(
    sesion: Session, pedido: Pedido, motivo: MotivoReclamo, antes: ReclamadoAntes
) -> None:
    if antes.decidio_la_autoridad:
        raise ReclamoNoProcede(_("La autoridad ya decidió sobre este pedido."))
    if motivo in antes.motivos:
        raise ReclamoNoProcede(_("Ya reclamó por eso en este pedido: vea cómo terminó."))
    if recibido_conforme(sesion, pedido.id):
        raise ReclamoNoProcede(_("La entidad ya lo recibió conforme: lo que queda es pagarlo."))
    cobrado = dinero_de(sesion, pedido.id).por_cobrar > cero()
    if cobrado:
        _exigir_que_se_ceda(sesion, pedido, motivo)
    entregado = pedido.estado == EstadoPedido.ENTREGADO or cobrado
    servicio = sesion.get(Servicio, pedido.id)
    prestado = servicio is not None and servicio.estado == EstadoServicio.PRESTADO
    if motivo is MotivoReclamo.SERVICIO_NO_HECHO:
        if servicio is None or not (entregado or prestado):
            raise ReclamoNoProcede(_("Se reclama cuando el vendedor declara que hizo el servicio."))
    elif motivo is MotivoReclamo.DESISTIMIENTO and servicio is not None:
        raise ReclamoNoProcede(_("Un servicio hecho no se devuelve."))
    elif motivo is MotivoReclamo.NO_RECIBIDO:
        desde = no_recibido(sesion, pedido)
        en_camino = pedido.estado == EstadoPedido.DESPACHADO
        if not entregado and not (en_camino and desde <= ahora_bd(sesion)):
            raise ReclamoNoProcede(
                _("Si no llega, podrá reclamar desde el %(dia)s.") % {"dia": filtro_fecha(desde)}
            )
    elif not (entregado or prestado):
        raise ReclamoNoProcede(_("Se reclama cuando consta que lo recibió."))


def _exigir_que_se_ceda(sesion: Session, pedido: Pedido, motivo: MotivoReclamo) -> None:
    """Of what is paid at the door and is not in custody: once it was, and whoever collected it is late."""
    deuda = lo_que_deben(sesion, pedido.id)
    if deuda is None:
        raise ReclamoNoProcede(_("Todavía no consta lo que paga al recibir: hasta entonces nadie cobra."))
    if deuda.vence_en > ahora_bd(sesion):
        texto = _(
            "El correo pone en custodia lo que cobró hasta el %(dia)s: desde entonces puede reclamar, aunque"
            " no lo haga."
        )
        raise ReclamoNoProcede(texto % {"dia": filtro_fecha(deuda.vence_en)})
    if motivo is MotivoReclamo.NO_RECIBIDO:
        raise ReclamoNoProcede(_("Consta que lo recibió y lo pagó: si no fue así, reclame al correo."))


def _bloqueado(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Pedido, Lado]:
    _r, _p, lado = reclamo_visible(sesion, actor, reclamo_id)
    reclamo, pedido = bloquear_reclamo(sesion, reclamo_id)
    return reclamo, pedido, lado


def _del_comprador(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Pedido, Autorizacion]:
    reclamo, pedido, _lado = _bloqueado(sesion, actor, reclamo_id)
    return reclamo, pedido, exigir_comprador(sesion, actor, pedido)
