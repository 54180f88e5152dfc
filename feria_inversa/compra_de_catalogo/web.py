"""Pages of the purchases from the catalogue: of everybody, of an entity, and each with what may be done."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

import comercio
from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    en_espera,
    exigir_facultad,
    lugar,
    municipios_por_departamento,
    tiene_facultad,
    unidad_por_id,
)
from feria_inversa.certificaciones import vigentes_de
from feria_inversa.compra_de_catalogo import presentar
from feria_inversa.compra_de_catalogo.actos import aprobar_o_proponer
from feria_inversa.compra_de_catalogo.como_se_paga import como_se_paga, cuenta_que_paga
from feria_inversa.compra_de_catalogo.consultas import (
    compra_visible,
    compras_de,
    es_de_su_gente,
    oferta_de,
)
from feria_inversa.compra_de_catalogo.cumplir import conformar, elegir_con_que_se_paga, pagar
from feria_inversa.compra_de_catalogo.decidir import anular, rechazar
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.formularios import (
    ANULACION,
    PASO,
    RECHAZO,
    SOLICITUD,
    HojaDeAnulacion,
    HojaDeConQue,
    HojaDePago,
    HojaDePasoDeCompra,
    HojaDeRechazo,
    HojaDeSolicitud,
)
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.ofertas import usos
from feria_inversa.compra_de_catalogo.para_decidir import hay_otra_persona, para_decidir
from feria_inversa.compra_de_catalogo.publicas import Elegidas, publicas
from feria_inversa.compra_de_catalogo.recibir import APROBACION, exigir_que_reciba
from feria_inversa.compra_de_catalogo.solicitar import solicitar
from feria_inversa.evaluacion import quedan
from feria_inversa.papeles import DECIDIR, SinPapel, exigir_papel
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.dinero import cero, formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
DE_UNA = "/entidades/{unidad_id}/compras-de-catalogo"
UNA = "/compras-de-catalogo/{compra_id}"
POR_PAGINA = 25
GESTIONES = 10
_E = EstadoCompra


@router.get("/compras-de-catalogo", dependencies=[Depends(publico)])
def todas(request: Request, sesion: Sesion, filtro: Elegidas, cursor: UnCursor = None) -> HTMLResponse:
    """What the State bought from the catalogue."""
    filas, siguiente = publicas(sesion, CursorPedido(cursor, POR_PAGINA), filtro)
    hoy = fecha_bolivia()
    return pagina(
        request,
        "feria_inversa/compra_de_catalogo/publicas.html",
        compras=presentar.compras(sesion, filas),
        filas=filas,
        filtro=filtro,
        gestiones=[(str(g), str(g)) for g in range(hoy.year, hoy.year - GESTIONES, -1)],
        tabla="/api/v1/compras-de-catalogo.csv?" + filtro.en_la_direccion(),
        siguiente="/compras-de-catalogo?" + filtro.en_la_direccion(cursor=siguiente) if siguiente else None,
    )


@router.get(DE_UNA)
def de_la_entidad(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: UnCursor = None
) -> HTMLResponse:
    """The desk: what is held and may be asked for, what waits, what there was."""
    filas, siguiente = compras_de(sesion, actor, unidad_id, CursorPedido(cursor, POR_PAGINA))
    compra = tiene_facultad(sesion, actor, unidad_id, Facultad.COMPRAR)
    con_otros = not compra and tiene_facultad(sesion, actor, unidad_id, Facultad.COMPRAR, con_otros=True)
    sostenidas = comercio.ofertas_sostenidas(sesion, unidad_id) if compra else []
    sus_usos = usos(sesion, sostenidas)
    return pagina(
        request,
        "feria_inversa/compra_de_catalogo/de_entidad.html",
        entidad=unidad_por_id(sesion, unidad_id),
        filas=filas,
        en_medida=comercio.en_medida,
        solo_con_otros=con_otros,
        ofertas=[(o, sus_usos[o.id]) for o in sostenidas if not sus_usos[o.id].ocupada],
        siguiente=f"/entidades/{unidad_id}/compras-de-catalogo?cursor={siguiente}" if siguiente else None,
    )


@router.get(DE_UNA + "/nueva")
def preparar(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, oferta: UUID
) -> HTMLResponse:
    return _pagina_nueva(request, sesion, actor, unidad_id, oferta)


@router.post(DE_UNA, response_model=None)
def pedir(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSolicitud
) -> HTMLResponse | RedirectResponse:
    with hoja:
        compra = solicitar(sesion, actor, unidad_id, hoja.datos, hoja.id)
        aviso = _("Pedida: espera a que otra persona de la entidad la apruebe.")
        return redirigir(f"/compras-de-catalogo/{compra.id}", aviso)
    return _pagina_nueva(request, sesion, actor, unidad_id, _oferta_dicha(hoja), hoja)


def _oferta_dicha(hoja: Hoja[Any]) -> UUID:
    try:
        return UUID(hoja.valores.get("oferta_id", ""))
    except ValueError:
        raise comercio.OfertaNoEncontrada from None


def _pagina_nueva(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    oferta_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR)
    oferta = oferta_de(sesion, unidad_id, oferta_id)
    entidad = unidad_por_id(sesion, unidad_id)
    vigentes = vigentes_de(sesion, unidad_id)
    queda = quedan(sesion, vigentes)
    formas = comercio.formas_de_oferta(sesion, oferta)
    certificaciones = [
        (
            str(c.id),
            _("{numero} de {gestion}, quedan {queda}: {concepto}").format(
                numero=c.numero,
                gestion=c.gestion,
                queda=formato_bs(queda[c.id]),
                concepto=c.concepto,
            ),
        )
        for c in vigentes
    ]
    valores = {"oferta_id": oferta.id, "municipio_ine": entidad.municipio_ine or ""}
    if formas:
        valores["forma"] = formas[0].value
    return pagina(
        request,
        "feria_inversa/compra_de_catalogo/nueva.html",
        hoja=hoja,
        entidad=entidad,
        oferta=oferta,
        vendedor=unidad_por_id(sesion, oferta.vendedor_id),
        en_medida=comercio.en_medida,
        uso=usos(sesion, [oferta])[oferta.id],
        sin_certificacion=not certificaciones,
        sola=not hay_otra_persona(sesion, actor, unidad_id),
        solicitud=SOLICITUD.mostrar(
            request,
            valores,
            enviada=hoja,
            opciones={
                "certificacion_id": certificaciones,
                "forma": [(f.value, f.texto) for f in formas],
                "municipio_ine": municipios_por_departamento(sesion),
            },
        ),
    )


@router.get(UNA, dependencies=[Depends(publico)])
def ver(request: Request, compra_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    return _una(request, sesion, actor, compra_id)


@router.post(UNA + "/aprobacion", response_model=None)
def aprobar_una(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeConQue
) -> HTMLResponse | RedirectResponse:
    with hoja:
        hecho = aprobar_o_proponer(sesion, actor, compra_id, hoja.datos.se_paga_con)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se aprobará cuando firmen los demás."))
        aviso = _("Aprobada: se ordenó, y su monto quedó comprometido.")
        return redirigir(f"/compras-de-catalogo/{compra_id}", aviso)
    return _una(request, sesion, actor, compra_id, hoja)


@router.post(UNA + "/rechazo", response_model=None)
def rechazar_una(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRechazo
) -> HTMLResponse | RedirectResponse:
    with hoja:
        rechazar(sesion, actor, compra_id, hoja.datos.motivo)
        return redirigir(f"/compras-de-catalogo/{compra_id}", _("No la aprobó."))
    return _una(request, sesion, actor, compra_id, hoja)


@router.post(UNA + "/anulacion", response_model=None)
def anular_una(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAnulacion
) -> HTMLResponse | RedirectResponse:
    with hoja:
        anular(sesion, actor, compra_id, hoja.datos.motivo)
        return redirigir(f"/compras-de-catalogo/{compra_id}", _("La compra quedó sin efecto."))
    return _una(request, sesion, actor, compra_id, hoja)


@router.post(UNA + "/conformidad", response_model=None)
def conformar_una(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePasoDeCompra
) -> HTMLResponse | RedirectResponse:
    with hoja:
        conformar(sesion, actor, compra_id)
        return redirigir(f"/compras-de-catalogo/{compra_id}", _("Dio su conformidad: ya se puede pagar."))
    return _una(request, sesion, actor, compra_id, hoja)


@router.post(UNA + "/con-que-se-paga", response_model=None)
def elegir_con_que_se_paga_una(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeConQue
) -> HTMLResponse | RedirectResponse:
    with hoja:
        con = hoja.datos.se_paga_con
        elegir_con_que_se_paga(sesion, actor, compra_id, con)
        return redirigir(f"/compras-de-catalogo/{compra_id}", _("Se paga así: {}.").format(con.texto.lower()))
    return _una(request, sesion, actor, compra_id, hoja)


@router.post(UNA + "/pago", response_model=None)
def pagar_una(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePago
) -> HTMLResponse | RedirectResponse:
    with hoja:
        hecho = pagar(sesion, actor, compra_id, hoja.datos)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se pagará cuando firmen los demás."))
        return redirigir(f"/compras-de-catalogo/{compra_id}", _("El pago quedó registrado."))
    return _una(request, sesion, actor, compra_id, hoja)


def _una(
    request: Request, sesion: Session, actor: Actor | None, compra_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    fila = compra_visible(sesion, actor, compra_id)
    (compra,) = presentar.compras(sesion, [fila])
    interna = es_de_su_gente(sesion, actor, fila)
    return pagina(
        request,
        "feria_inversa/compra_de_catalogo/compra.html",
        hoja=hoja,
        c=compra,
        fila=fila,
        forma="" if fila.forma is None else comercio.FormaDeEntrega(fila.forma).texto,
        lugar=lugar(sesion, fila.municipio_ine),
        interna=interna,
        en_medida=comercio.en_medida,
        quienes=comercio.intervinieron(sesion, fila.pedido_id) if interna and fila.pedido_id else None,
        dichos=comercio.pagos_dichos(sesion, fila.pedido_id) if interna and fila.pedido_id else [],
        **_lo_que_puede(request, sesion, actor, fila, hoja),
    )


def _lo_que_puede(
    request: Request, sesion: Session, actor: Actor | None, fila: CompraDeCatalogo, hoja: Hoja[Any] | None
) -> dict[str, Any]:
    """The forms of the acts that this visitor may do now; the others are None."""

    def puede(facultad: Facultad, monto: Money | None = None, *, con_otros: bool = False) -> bool:
        return actor is not None and tiene_facultad(
            sesion, actor, fila.unidad_id, facultad, monto, estados=CON_LO_SUYO, con_otros=con_otros
        )

    compra, solicitada = puede(Facultad.COMPRAR), fila.estado == _E.SOLICITADA
    compromiso = None if fila.pedido_id is None else comercio.compromiso_de(sesion, fila.pedido_id)
    paga = puede(Facultad.PAGAR, con_otros=True)
    paga_solo = puede(Facultad.PAGAR, None if compromiso is None else compromiso.queda)
    compra_con_otros = compra or puede(Facultad.COMPRAR, con_otros=True)
    de_otra = solicitada and actor is not None and actor.persona_id != fila.solicito_id
    firma = solicitada and compra_con_otros
    otros = _quien_decide(sesion, actor, fila) if firma and actor is not None else None
    decide = firma and de_otra and otros is None
    recibida = compromiso is not None and fila.estado == _E.RECIBIDA
    toca = compromiso is not None and (compromiso.por_pagar or compromiso.adeudado > cero())
    espera = compromiso is not None and compromiso.pagar_desde is not None and not toca
    llego = compra and recibida and espera
    recibe = _quien_recibe(sesion, actor, fila) if llego and actor is not None else None
    return {
        "paso": PASO.mostrar(request, enviada=hoja),
        "decide": decide,
        "a_la_vista": para_decidir(sesion, actor, fila) if decide and actor is not None else None,
        "sola": compra
        and solicitada
        and not decide
        and otros is None
        and actor is not None
        and not hay_otra_persona(sesion, actor, fila.unidad_id),
        "otros": otros,
        "conjunta": decide and not compra,
        "esperan": en_espera(sesion, fila.unidad_id, APROBACION, "compra_id", fila.id) if firma else [],
        "rechazo": RECHAZO.mostrar(request, enviada=hoja) if decide and compra else None,
        "anulacion": ANULACION.mostrar(request, enviada=hoja)
        if compra and solicitada and not de_otra
        else None,
        "conforma": llego and recibe is None,
        "recibe": recibe,
        "conforma_otra": compra_con_otros and not compra and recibida and espera,
        "detenida": recibida and compromiso is not None and compromiso.detenido,
        "ve_el_pedido": compra_con_otros,
        "cuenta": cuenta_que_paga(sesion, fila, compromiso) if compra or paga else None,
        **como_se_paga(
            request, compromiso, hoja, decide=decide, paga=paga, paga_solo=paga_solo, recibida=recibida
        ),
    }


def _quien_decide(sesion: Session, actor: Actor, fila: CompraDeCatalogo) -> str | None:
    """Who decides it in place of this visitor, in words; None of who may."""
    try:
        exigir_papel(sesion, actor, fila, DECIDIR)
    except SinPapel as otros:
        return otros.detalle
    return None


def _quien_recibe(sesion: Session, actor: Actor, fila: CompraDeCatalogo) -> str | None:
    """The same of who says that it came well."""
    assert fila.pedido_id is not None
    try:
        exigir_que_reciba(sesion, actor, fila.pedido_id)
    except SinPapel as otros:
        return otros.detalle
    return None
