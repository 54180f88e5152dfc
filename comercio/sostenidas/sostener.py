"""Ask for an offer to be held, hold it or not, order it, let it go. While held its units are reserved.

The price is the one that the entity saw when it asked, promotions taken off; the seller agrees to it knowing
the one of now. If it costs less when it is used, that is what is paid.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.catalogo import exigir_medida, opciones_por_id, variante_pedida
from comercio.evidencias import congelada_de, exigir_entidad
from comercio.existencias import ProductoNoDisponible, SinExistencia, reservar, soltar
from comercio.sostenidas.avisos import AVISO_OFERTA
from comercio.sostenidas.bloqueos import bloquear_oferta
from comercio.sostenidas.consultas import consentimiento_de, exigir_que_la_vea, precios_de_hoy
from comercio.sostenidas.errores import OfertaOcupada, OfertaPropia, OfertaRepetida, OfertaTerminada
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.estados import VIDA_OFERTA, EstadoOferta
from comercio.sostenidas.modelos import OfertaSostenida
from comercio.sostenidas.usos import usos_de
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    UnidadInactiva,
    exigir_facultad,
    facultades_de,
    notificar_unidad,
    sostener_activas,
    unidad_por_id,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import formato_bs, formato_cantidad, redondear
from nucleo.errores import DatosInvalidos
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.plazos import fin_del_dia, vence
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

RESPONDER, SOSTENER = "comercio.responder_oferta", "comercio.sostener_oferta"
_E = EstadoOferta


def pedir(sesion: Session, actor: Actor, datos: OfertaPedida, id: UUID | None = None) -> OfertaSostenida:
    """An entity asks that price and quantity be held; held at once if its seller said so beforehand.

    Raises `SoloEntidades`, `SinFacultad`, `MontoExcedido`, `ElijaVariante`, `ProductoNoDisponible`,
    `SinExistencia`, `OfertaPropia`, `OfertaRepetida`, `BusquedaNoEncontrada`, `DatosInvalidos`.
    """
    if id is not None and (ya := sesion.get(OfertaSostenida, id)) is not None:
        exigir_que_la_vea(sesion, actor, id, Facultad.COMPRAR)
        return ya
    exigir_entidad(sesion, actor, datos.unidad_id)
    variante_id = variante_pedida(sesion, datos.producto_id)
    opcion = opciones_por_id(sesion, [variante_id]).get(variante_id)
    if opcion is None or not opcion.a_la_venta:
        raise ProductoNoDisponible(opcion.por_que_no if opcion else "")
    exigir_medida(opcion.variante.unidad_medida, datos.cantidad)
    importe = opcion.por_pagar(datos.cantidad)
    autorizacion = exigir_entidad(sesion, actor, datos.unidad_id, importe)
    assert actor.persona_id is not None
    assert autorizacion.mandato_id is not None
    if importe.amount == 0:
        dice = _("Esa cantidad no llega a costar un centavo.")
        raise DatosInvalidos(dice, campos={"cantidad": dice})
    if opcion.disponible < datos.cantidad:
        hay = _("Hay %(n)s: pida esa cantidad o menos.") % {"n": formato_cantidad(opcion.disponible)}
        raise SinExistencia(hay, campos={"cantidad": hay})
    _exigir_ajeno(sesion, actor, opcion.producto.vendedor_id, datos.unidad_id)
    if datos.busqueda_id is not None:
        congelada_de(sesion, datos.unidad_id, datos.busqueda_id)
    ahora = ahora_bd(sesion)
    hasta = vence(sesion, SOSTENER, ahora)
    if fin_del_dia(fecha_bolivia(ahora) + timedelta(days=datos.dias)) > hasta:
        dice = _("Pida menos días: hoy se sostiene hasta el %(dia)s.") % {"dia": filtro_fecha(hasta)}
        raise DatosInvalidos(dice, campos={"dias": dice})
    oferta = OfertaSostenida(
        entidad_id=datos.unidad_id,
        entidad=unidad_por_id(sesion, datos.unidad_id).denominacion[:200],
        vendedor_id=opcion.producto.vendedor_id,
        producto_id=opcion.producto.id,
        variante_id=variante_id,
        busqueda_id=datos.busqueda_id,
        titulo=opcion.titulo,
        sku=opcion.variante.sku,
        unidad_medida=opcion.variante.unidad_medida,
        cantidad=datos.cantidad,
        precio=opcion.rebajado_de(datos.cantidad),
        importe=importe,
        dias=datos.dias,
        persona_id=actor.persona_id,
        mandato_id=autorizacion.mandato_id,
        pedida_en=ahora,
        vence_en=vence(sesion, RESPONDER, ahora),
    )
    oferta.id = id or oferta.id
    try:
        with sesion.begin_nested():
            sesion.add(oferta)
    except IntegrityError as error:
        if "uq_comercio_oferta_sostenida_viva" not in str(error.orig):
            raise
        raise OfertaRepetida(_("Espere a que termine, o déjela para pedir otra.")) from error
    auditar(sesion, autorizacion, "oferta.pedir", "comercio_oferta_sostenida", oferta.id, _hechos(oferta))
    consentido = consentimiento_de(sesion, oferta.vendedor_id)
    if consentido and oferta.dias <= consentido.dias and oferta.importe <= consentido.importe_maximo:
        quien = Autorizacion(Actor.sistema("consentimiento de quien vende"), unidad_id=oferta.vendedor_id)
        _sostener(sesion, oferta, quien, consentido.otorgo)
    else:
        _avisar(
            sesion, oferta, _("Le piden sostener un precio"), oferta.vendedor_id, "/vender/ofertas-sostenidas"
        )
    return oferta


def responder(
    sesion: Session, actor: Actor, oferta_id: UUID, *, sostener: bool, motivo: str = ""
) -> OfertaSostenida:
    """The seller holds it, or says why not.

    Raises `OfertaNoEncontrada`, `SinFacultad`, `OfertaTerminada`, `OfertaPropia`, `SinExistencia`,
    `ProductoNoDisponible`, `UnidadInactiva`, `DatosInvalidos`.
    """
    exigir_que_la_vea(sesion, actor, oferta_id, Facultad.VENDER)
    oferta = bloquear_oferta(sesion, oferta_id)
    autorizacion = exigir_facultad(sesion, actor, oferta.vendedor_id, Facultad.VENDER)
    VIDA_OFERTA.exigir_paso(oferta, _E.SOSTENIDA if sostener else _E.RECHAZADA, _ya_no())
    if oferta.vence_en is None or oferta.vence_en <= ahora_bd(sesion):
        raise OfertaTerminada(_("Terminó el plazo para responderla."))
    if sostener:
        _exigir_que_no_compre(sesion, actor, oferta.entidad_id)
        _sostener(sesion, oferta, autorizacion, actor.nombre[:200])
        return oferta
    if not motivo.strip():
        dice = _("Diga por qué no la sostiene.")
        raise DatosInvalidos(dice, campos={"motivo": dice})
    with sesion.no_autoflush:  # the reason and the end are one change
        oferta.motivo, oferta.respondio = motivo.strip(), actor.nombre[:200]
        _terminar(sesion, oferta, _E.RECHAZADA)
    auditar(sesion, autorizacion, "oferta.rechazar", "comercio_oferta_sostenida", oferta.id, {})
    _avisar(sesion, oferta, _("No le sostienen un precio"), oferta.entidad_id, "/ofertas-sostenidas")
    return oferta


def dejar(sesion: Session, actor: Actor, oferta_id: UUID) -> OfertaSostenida:
    """The entity does not want it any more. Raises `OfertaNoEncontrada`, `SinFacultad`, `OfertaTerminada`,
    `OfertaOcupada`."""
    exigir_que_la_vea(sesion, actor, oferta_id, Facultad.COMPRAR)
    oferta = bloquear_oferta(sesion, oferta_id)
    autorizacion = exigir_facultad(sesion, actor, oferta.entidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    VIDA_OFERTA.exigir_paso(oferta, _E.RETIRADA, _ya_no())
    if any(uso.ocupada for uso in usos_de(sesion, [oferta]).values()):
        raise OfertaOcupada(_("Hay una compra que la usa: decídala, o déjela sin efecto primero."))
    estaba = oferta.estado
    _terminar(sesion, oferta, _E.RETIRADA)
    auditar(sesion, autorizacion, "oferta.dejar", "comercio_oferta_sostenida", oferta.id, {"estaba": estaba})
    _avisar(
        sesion, oferta, _("Una entidad dejó una oferta"), oferta.vendedor_id, "/vender/ofertas-sostenidas"
    )
    return oferta


def vencer(sesion: Session, oferta_id: UUID) -> bool:
    """The sweep: its term ended. False when something else happened meanwhile."""
    oferta = bloquear_oferta(sesion, oferta_id)
    if oferta.vence_en is None or oferta.vence_en > ahora_bd(sesion):
        return False
    estaba = oferta.estado
    _terminar(sesion, oferta, _E.VENCIDA)
    sistema = Autorizacion.propia(Actor.sistema("plazo de ofertas sostenidas"))
    auditar(sesion, sistema, "oferta.vencer", "comercio_oferta_sostenida", oferta.id, {"estaba": estaba})
    _avisar(sesion, oferta, _("Venció una oferta"), oferta.entidad_id, "/ofertas-sostenidas")
    return True


def ceder(sesion: Session, actor: Actor, oferta_id: UUID, orden_id: UUID) -> OfertaSostenida:
    """An order of the entity takes what is held, at its price or at the one of now if it is lower, with its
    units, which are that order's from now on. Again for the same order, it is the same.

    Raises `OfertaNoEncontrada`, `SinFacultad`, `MontoExcedido`, `OfertaTerminada`, `UnidadInactiva`.
    """
    exigir_que_la_vea(sesion, actor, oferta_id, Facultad.COMPRAR)
    oferta = bloquear_oferta(sesion, oferta_id)
    hoy = precios_de_hoy(sesion, [oferta]).get(oferta.id)
    importe = oferta.importe if hoy is None else redondear(hoy.amount * oferta.cantidad)
    autorizacion = exigir_entidad(sesion, actor, oferta.entidad_id, importe)
    if oferta.estado == _E.CUMPLIDA and oferta.orden_id == orden_id:
        return oferta
    VIDA_OFERTA.exigir_paso(oferta, _E.CUMPLIDA, _("Esa oferta no está sostenida: pídala otra vez."))
    ahora = ahora_bd(sesion)
    if oferta.vence_en is None or oferta.vence_en <= ahora:
        raise OfertaTerminada(_("Terminó el plazo en que se sostenía: pídala otra vez."))
    _exigir_activas(sesion, oferta)
    hechos = {"orden": str(orden_id), "sostenido": str(oferta.precio.amount)}
    with sesion.no_autoflush:  # its price falls only in this step
        VIDA_OFERTA.pasar(oferta, _E.CUMPLIDA)
        oferta.orden_id, oferta.vence_en, oferta.terminada_en = orden_id, None, ahora
        if hoy is not None:
            oferta.precio, oferta.importe = hoy, importe
    sesion.flush()
    auditar(sesion, autorizacion, "oferta.usar", "comercio_oferta_sostenida", oferta.id, hechos)
    return oferta


def _sostener(sesion: Session, oferta: OfertaSostenida, quien: Autorizacion, quien_dice: str) -> None:
    _exigir_activas(sesion, oferta)
    (apartado,) = reservar(sesion, {oferta.variante_id: oferta.cantidad})
    ahora = ahora_bd(sesion)
    VIDA_OFERTA.pasar(oferta, _E.SOSTENIDA)
    oferta.existencia_id, oferta.sostenida_en, oferta.respondio = apartado.existencia_id, ahora, quien_dice
    oferta.vence_en = fin_del_dia(fecha_bolivia(ahora) + timedelta(days=oferta.dias))
    sesion.flush()
    auditar(sesion, quien, "oferta.sostener", "comercio_oferta_sostenida", oferta.id, _hechos(oferta))
    _avisar(sesion, oferta, _("Le sostienen un precio"), oferta.entidad_id, "/ofertas-sostenidas")


def _terminar(sesion: Session, oferta: OfertaSostenida, fin: EstadoOferta) -> None:
    """Its end; what was reserved for it is for sale again."""
    ahora = ahora_bd(sesion)
    VIDA_OFERTA.pasar(oferta, fin)
    oferta.vence_en, oferta.terminada_en = None, ahora
    sesion.flush()
    if oferta.existencia_id is not None:
        soltar(sesion, {oferta.existencia_id: oferta.cantidad})


def _exigir_activas(sesion: Session, oferta: OfertaSostenida) -> None:
    ambas = {oferta.entidad_id, oferta.vendedor_id}
    if sostener_activas(sesion, ambas).keys() != ambas:
        raise UnidadInactiva(_("La entidad o quien vende no está inscrita, o está suspendida."))


def _exigir_ajeno(sesion: Session, actor: Actor, vendedor_id: UUID, entidad_id: UUID) -> None:
    suyas = facultades_de(sesion, actor, con_otros=True)
    if vendedor_id == entidad_id or Facultad.VENDER in suyas.get(vendedor_id, ()):
        raise OfertaPropia(_("Que la pida otra persona de la entidad, que no venda por esa unidad."))


def _exigir_que_no_compre(sesion: Session, actor: Actor, entidad_id: UUID) -> None:
    if Facultad.COMPRAR in facultades_de(sesion, actor, con_otros=True).get(entidad_id, ()):
        raise OfertaPropia(_("Que la responda otra persona, que no compre por esa entidad."))


def _ya_no() -> str:
    return _("Esa oferta ya terminó o ya está en otro paso: vea su lista.")


def _hechos(oferta: OfertaSostenida) -> dict[str, str]:
    return {"variante": str(oferta.variante_id), "cantidad": str(oferta.cantidad), "dias": str(oferta.dias)}


def _avisar(sesion: Session, oferta: OfertaSostenida, asunto: str, unidad_id: UUID, lista: str) -> None:
    partes = {
        "titulo": oferta.titulo,
        "n": formato_cantidad(oferta.cantidad),
        "importe": formato_bs(oferta.importe),
        "entidad": oferta.entidad,
    }
    cuerpo = _("%(entidad)s: %(n)s de «%(titulo)s», %(importe)s.") % partes
    if oferta.vence_en is not None:
        cuerpo += " " + _("Hasta el %(dia)s.") % {"dia": filtro_fecha_hora(oferta.vence_en)}
    if oferta.motivo:
        cuerpo += " " + oferta.motivo
    notificar_unidad(sesion, unidad_id, asunto, cuerpo, f"{lista}?unidad={unidad_id}", clase=AVISO_OFERTA)
