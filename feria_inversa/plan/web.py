"""Pages where an entity makes its annual plan."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    exigir_facultad,
    municipios_por_departamento,
    tiene_facultad,
    unidad_por_id,
)
from feria_inversa.plan import web_publico
from feria_inversa.plan.archivo import plan_en_csv
from feria_inversa.plan.consultas import (
    linea_de,
    modalidades_de,
    pagina_de_lineas,
    plan_visible,
    planes_de,
    sumas_de,
)
from feria_inversa.plan.errores import LineaNoEncontrada, PlanNoEncontrado
from feria_inversa.plan.esquemas import Cambio, LineaEntrada
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.formularios import (
    ARCHIVO,
    CAMBIO,
    LINEA,
    NUEVO,
    PASO,
    QUITAR,
    HojaDeArchivo,
    HojaDeCambio,
    HojaDeLinea,
    HojaDePasoDePlan,
    HojaDePlan,
    HojaDeQuitarLinea,
    LineaDePagina,
    LineaEditada,
)
from feria_inversa.plan.modelos import Linea, Plan
from feria_inversa.plan.planificar import cambiar, crear, eliminar, importar, publicar_plan
from feria_inversa.plan.quien import PLANIFICA, quien_publica, ve_el_borrador
from feria_inversa.plan.vistas import POR_PAGINA, renglones
from feria_inversa.reglas import vigentes
from nucleo.actor import Actor
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Formulario, Hoja
from nucleo.lectores import NumeroDeRuta
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import ahora, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_UNA = "/entidades/{unidad_id}/planes"
UNO = "/planes/{plan_id}"
UNA_LINEA = UNO + "/lineas/{numero}"


@router.get(DE_UNA)
def listar(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: UnCursor = None
) -> HTMLResponse:
    return _lista(request, sesion, actor, unidad_id, cursor=cursor)


@router.post(DE_UNA, response_model=None)
def empezar(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePlan
) -> HTMLResponse | RedirectResponse:
    with hoja:
        plan = crear(sesion, actor, unidad_id, hoja.datos.gestion, id=hoja.id)
        return redirigir(f"/planes/{plan.id}", _("Empezó el plan: añada sus líneas."))
    return _lista(request, sesion, actor, unidad_id, hoja)


def _lista(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    hoja: Hoja[Any] | None = None,
    cursor: str | None = None,
) -> HTMLResponse:
    planes, siguiente = planes_de(sesion, actor, unidad_id, CursorPedido(cursor, POR_PAGINA))
    nuevo = NUEVO.mostrar(request, {"gestion": fecha_bolivia(ahora_bd(sesion)).year}, enviada=hoja)
    return pagina(
        request,
        "feria_inversa/plan/de_entidad.html",
        hoja=hoja,
        entidad=unidad_por_id(sesion, unidad_id),
        planes=planes,
        sumas=sumas_de(sesion, [p.id for p in planes]),
        siguiente=f"/entidades/{unidad_id}/planes?cursor={siguiente}" if siguiente else None,
        nuevo=nuevo if tiene_facultad(sesion, actor, unidad_id, PLANIFICA) else None,
    )


@router.get(UNO + ".csv")
def bajar(plan_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What is in it, also in a draft, in the columns in which lines are uploaded: if nothing, the heading."""
    plan = _de_su_gente(sesion, actor, plan_id)
    return planilla(plan_en_csv(sesion, plan_id), plan.numero or f"plan-{plan.gestion}")


@router.get(UNO)
def ver(
    request: Request, plan_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: UnCursor = None
) -> HTMLResponse:
    return _gestion(request, sesion, actor, plan_id, cursor)


@router.post(UNO + "/lineas", response_model=None)
def anadir(
    request: Request, plan_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeLinea
) -> HTMLResponse | RedirectResponse:
    _de_su_gente(sesion, actor, plan_id)
    with hoja:
        if not hoja.ya_hecha:
            _cambiar_una(sesion, actor, plan_id, _nueva(hoja.datos), hoja.datos.motivo)
        return redirigir(f"/planes/{plan_id}", _("Añadió la línea."))
    return _gestion(request, sesion, actor, plan_id, None, hoja)


@router.post(UNO + "/archivo", response_model=None)
def subir(
    request: Request, plan_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeArchivo
) -> HTMLResponse | RedirectResponse:
    _de_su_gente(sesion, actor, plan_id)
    with hoja:
        motivo, archivo = hoja.datos.motivo, hoja.archivo("archivo")
        if not hoja.ya_hecha:
            importar(sesion, actor, plan_id, archivo, motivo)
        return redirigir(f"/planes/{plan_id}", _("Entraron todas las líneas del archivo."))
    return _gestion(request, sesion, actor, plan_id, None, hoja)


@router.post(UNO + "/publicacion", response_model=None)
def publicar(
    request: Request, plan_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePasoDePlan
) -> HTMLResponse | RedirectResponse:
    plan = _de_su_gente(sesion, actor, plan_id)
    with hoja:
        if not hoja.ya_hecha:
            plan = publicar_plan(sesion, actor, plan_id, hoja.version)
        return redirigir(f"/planes/{plan_id}", _("Publicó el plan {}.").format(plan.numero))
    return _gestion(request, sesion, actor, plan_id, None, hoja)


@router.post(UNO + "/eliminar", response_model=None)
def tirar(
    request: Request, plan_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePasoDePlan
) -> HTMLResponse | RedirectResponse:
    with hoja:
        if hoja.ya_hecha:  # there is no plan any more to say whose it was
            return redirigir("/compras", _("Eliminó el borrador."))
        plan = _de_su_gente(sesion, actor, plan_id)
        eliminar(sesion, actor, plan_id, hoja.version)
        return redirigir(f"/entidades/{plan.unidad_id}/planes", _("Eliminó el borrador."))
    return _gestion(request, sesion, actor, plan_id, None, hoja)


def _de_su_gente(sesion: Session, actor: Actor, plan_id: UUID) -> Plan:
    """A plan, where its entity makes it: for whoever does not work for it there is none."""
    plan = plan_visible(sesion, actor, plan_id)
    if not ve_el_borrador(sesion, actor, plan.unidad_id):
        raise PlanNoEncontrado
    return plan


def _nueva(datos: LineaDePagina) -> Cambio:
    return Cambio(linea=LineaEntrada.model_validate(datos.model_dump(exclude={"motivo"})))


def _corregida(hoja: Hoja[LineaEditada], numero: int, antes: Mapping[str, Any]) -> Cambio:
    """What the person changed, also what they emptied, over what the line said `antes`."""
    tocadas = LineaEntrada.model_fields.keys() & hoja.cambiados
    dicha = {**antes, **{campo: getattr(hoja.datos, campo) for campo in tocadas}}
    return Cambio(numero=numero, linea=LineaEntrada.model_validate(dicha))


def _cambiar_una(
    sesion: Session,
    actor: Actor,
    plan_id: UUID,
    cambio: Cambio,
    motivo: str | None,
    leida: int | None = None,
) -> None:
    """One line, whose errors are of the fields of its form; `leida` is its revision as it was read."""
    leidas = {} if cambio.numero is None or leida is None else {cambio.numero: leida}
    try:
        cambiar(sesion, actor, plan_id, [cambio], motivo, leidas=leidas)
    except DatosInvalidos as error:
        campos = {c.removeprefix("cambios.0.linea."): texto for c, texto in (error.campos or {}).items()}
        raise type(error)(error.detalle, campos=campos) from error


def _gestion(
    request: Request,
    sesion: Session,
    actor: Actor,
    plan_id: UUID,
    cursor: str | None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    plan = _de_su_gente(sesion, actor, plan_id)
    lineas, siguiente = pagina_de_lineas(sesion, plan_id, CursorPedido(cursor, POR_PAGINA))
    compra = tiene_facultad(sesion, actor, plan.unidad_id, PLANIFICA)
    publica = quien_publica(sesion, actor, plan_id, plan.unidad_id) if compra else ""
    cambia = compra and (plan.estado == EstadoPlan.BORRADOR or (plan.vigente(ahora()) and not publica))
    return pagina(
        request,
        "feria_inversa/plan/gestion.html",
        hoja=hoja,
        plan=plan,
        entidad=unidad_por_id(sesion, plan.unidad_id),
        suma=sumas_de(sesion, [plan_id])[plan_id],
        renglones=renglones(sesion, lineas, {plan_id: plan}, borradores=True),
        siguiente=f"/planes/{plan_id}?cursor={siguiente}" if siguiente else None,
        cambia=cambia,
        empieza=compra and plan.vigente(ahora()),
        publica=publica,
        linea=_hoja_de_linea(request, sesion, LINEA, {"categoria": "bienes"}, hoja) if cambia else None,
        archivo=ARCHIVO.mostrar(request, enviada=hoja, de="archivo"),
        paso=PASO.mostrar(request, version=plan.revision, enviada=hoja),
        tirar=PASO.mostrar(request, version=plan.revision, enviada=hoja, de="eliminar"),
    )


def _hoja_de_linea(
    request: Request,
    sesion: Session,
    formulario: Formulario[Any],
    valores: dict[str, Any],
    hoja: Hoja[Any] | None,
    revision: int | None = None,
) -> Hoja[Any]:
    hoy = fecha_bolivia(ahora_bd(sesion))
    modalidades = {r.codigo: (r.codigo, f"{r.codigo} · {r.nombre}") for r in vigentes(sesion, hoy).values()}
    opciones: dict[str, Any] = {
        "modalidad": list(modalidades.values()),
        "municipio_ine": municipios_por_departamento(sesion),
    }
    return formulario.mostrar(request, valores, version=revision, enviada=hoja, opciones=opciones)


@router.get(UNA_LINEA)
def ver_linea(
    request: Request, plan_id: UUID, numero: NumeroDeRuta, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    plan, linea = _linea(sesion, actor, plan_id, numero)
    return _una_linea(request, sesion, plan, linea)


@router.post(UNA_LINEA, response_model=None)
def corregir(
    request: Request,
    plan_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeCambio,
) -> HTMLResponse | RedirectResponse:
    _linea(sesion, actor, plan_id, numero)
    with hoja:
        if not hoja.ya_hecha:
            _plan, antes = _linea(sesion, actor, plan_id, numero)
            cambio = _corregida(hoja, numero, _valores(sesion, antes))
            _cambiar_una(sesion, actor, plan_id, cambio, hoja.datos.motivo, hoja.version)
        return redirigir(f"/planes/{plan_id}", _("Cambió la línea {}.").format(numero))
    return _una_linea(request, sesion, *_linea(sesion, actor, plan_id, numero), hoja)


@router.post(UNA_LINEA + "/retiro", response_model=None)
def quitar(
    request: Request,
    plan_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeQuitarLinea,
) -> HTMLResponse | RedirectResponse:
    _de_su_gente(sesion, actor, plan_id)
    with hoja:
        if not hoja.ya_hecha:
            _linea(sesion, actor, plan_id, numero)
            _cambiar_una(sesion, actor, plan_id, Cambio(numero=numero), hoja.datos.motivo, hoja.version)
        return redirigir(f"/planes/{plan_id}", _("Quitó la línea {}.").format(numero))
    return _una_linea(request, sesion, *_linea(sesion, actor, plan_id, numero), hoja)


def _linea(sesion: Session, actor: Actor, plan_id: UUID, numero: int) -> tuple[Plan, Linea]:
    """A line that is in the plan, for who may change it."""
    plan = _de_su_gente(sesion, actor, plan_id)
    exigir_facultad(sesion, actor, plan.unidad_id, PLANIFICA)
    linea = linea_de(sesion, plan_id, numero)
    if linea.retirada:
        raise LineaNoEncontrada
    return plan, linea


def _una_linea(
    request: Request, sesion: Session, plan: Plan, linea: Linea, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    valores = _valores(sesion, linea)
    return pagina(
        request,
        "feria_inversa/plan/linea.html",
        hoja=hoja,
        plan=plan,
        entidad=unidad_por_id(sesion, plan.unidad_id),
        numero=linea.numero,
        linea=_hoja_de_linea(request, sesion, CAMBIO, valores, hoja, linea.revision),
        quitar=QUITAR.mostrar(request, version=linea.revision, enviada=hoja, de="quitar"),
    )


def _valores(sesion: Session, linea: Linea) -> dict[str, Any]:
    """What a line says, as its form asks for it."""
    valores = {campo: getattr(linea, campo) for campo in LineaEntrada.model_fields if campo != "modalidad"}
    return valores | {"modalidad": modalidades_de(sesion, [linea])[linea.modalidad_id].codigo}


router.include_router(web_publico.router)
