"""What the entities plan to contract, for everybody."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from alertas import enlace_para_avisarme
from ciudadania import ActorOpcional
from empresa_digital.registro import departamentos, unidad_por_id, unidades_en_lote
from feria_inversa.plan import alertas
from feria_inversa.plan.archivo import halladas_en_csv, plan_en_csv
from feria_inversa.plan.buscar import CONTADAS, Filtro, buscar_lineas, por_mes
from feria_inversa.plan.consultas import (
    modalidades_de,
    pagina_de_lineas,
    plan_visible,
    planes_por_id,
    sumas_de,
    ultimas_versiones,
    version_de,
)
from feria_inversa.plan.errores import PlanNoEncontrado
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.formularios import opciones_de_mes
from feria_inversa.plan.modelos import Plan
from feria_inversa.plan.vistas import (
    POR_PAGINA,
    donde_se_entrega,
    en_frases,
    nombre_de_mes,
    renglones,
    renglones_de_version,
)
from feria_inversa.reglas import opciones_de_categoria, opciones_de_modalidad
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.lectores import Entero
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import fecha_bolivia
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])
A_LA_VISTA = 10
"""Versions whose reason the page shows at once."""
EN_UN_CSV = 5000
"""Lines of one download; what is more is asked by parts, or through the API."""


class Pedido:
    """What the address of the search asks; what is left empty asks nothing."""

    def __init__(
        self,
        gestion: Annotated[str, Query(pattern="^(20[2-9][0-9]|2100)?$")] = "",
        q: Annotated[str, Query(max_length=200)] = "",
        mes: Annotated[str, Query(pattern="^([1-9]|1[0-2])?$")] = "",
        categoria: Annotated[str, Query(pattern="^[a-z]{0,12}$")] = "",
        departamento: Annotated[str, Query(pattern="^(0[1-9])?$")] = "",
        modalidad: Annotated[str, Query(pattern="^[A-Z0-9]{0,10}$")] = "",
        familia: Annotated[str, Query(pattern="^([0-9]{4})?$")] = "",
        entidad: Annotated[UUID | None, Query()] = None,
        meses: Annotated[str, Query(pattern="^(todos)?$")] = "",
    ) -> None:
        self.gestion = int(gestion) if gestion else fecha_bolivia().year
        self.elegidos = {
            "q": q,
            "mes": mes,
            "categoria": categoria,
            "departamento": departamento,
            "modalidad": modalidad,
            "familia": familia,
            "entidad": str(entidad or ""),
            "meses": meses,
        }
        self.filtro = Filtro(
            self.gestion,
            q,
            int(mes) if mes else None,
            categoria or None,
            departamento or None,
            modalidad or None,
            familia or None,
            entidad,
        )

    @property
    def direccion(self) -> str:
        return self.con()

    def con(self, **otros: str) -> str:
        """The query of the same search, with some of what it asks said otherwise."""
        puestos = {clave: valor for clave, valor in (self.elegidos | otros).items() if valor}
        return urlencode({"gestion": self.gestion} | puestos)

    def por_venir(self, hoy: date) -> Filtro:
        """Of the year that runs, from this month on, unless a month was asked for, or all of them."""
        todos = self.gestion != hoy.year or self.filtro.mes or self.elegidos["meses"]
        return self.filtro if todos else replace(self.filtro, desde_mes=hoy.month)


LoPedido = Annotated[Pedido, Depends()]


@router.get("/feria/planes")
def planes(request: Request, sesion: Sesion, pedido: LoPedido, cursor: UnCursor = None) -> HTMLResponse:
    """What is foreseen in a year, what comes earlier on top, and how much in each month, if it is not too
    much to count. Of this year, what is still to come; the months gone by are one link away.
    """
    hoy = fecha_bolivia()
    por_venir = pedido.por_venir(hoy)
    lineas, siguiente = buscar_lineas(sesion, por_venir, CursorPedido(cursor, POR_PAGINA))
    meses = por_mes(sesion, pedido.filtro)
    pasaron = por_venir.desde_mes is not None and (meses is None or any(m.mes < hoy.month for m in meses))
    entidad = pedido.filtro.unidad_id
    suyos = planes_por_id(sesion, {linea.plan_id for linea in lineas})
    unidades = unidades_en_lote(
        sesion, {p.unidad_id for p in suyos.values()} | ({entidad} if entidad else set())
    )
    return pagina(
        request,
        "feria_inversa/plan/publicos.html",
        renglones=renglones(sesion, lineas, suyos),
        planes=suyos,
        unidades=unidades,
        meses=[(nombre_de_mes(m.mes), m) for m in meses or ()],
        sin_contar=CONTADAS if meses is None else None,
        pasados=f"/feria/planes?{pedido.con(meses='todos')}" if pasaron else None,
        entidad=unidades.get(entidad) if entidad else None,
        gestion=pedido.gestion,
        gestiones=[(str(n), str(n)) for n in range(hoy.year + 2, hoy.year - 4, -1)],
        filtro=pedido.elegidos,
        hay_filtros=any(valor for clave, valor in pedido.elegidos.items() if clave != "meses"),
        opciones_de_mes=opciones_de_mes(),
        departamentos=[(d.ine, d.nombre) for d in departamentos(sesion)],
        modalidades=opciones_de_modalidad(sesion, hoy),
        categorias=opciones_de_categoria(),
        avisarme=enlace_para_avisarme(alertas.CODIGO, alertas.criterios_de(pedido.filtro)),
        csv=f"/feria/planes.csv?{pedido.direccion}",
        siguiente=f"/feria/planes?{pedido.direccion}&cursor={siguiente}" if siguiente else None,
    )


@router.get("/feria/planes.csv")
def planes_en_csv(sesion: Sesion, pedido: LoPedido) -> Response:
    """The same as a sheet, 5.000 lines at most."""
    lineas, _siguiente = buscar_lineas(sesion, pedido.filtro, CursorPedido(None, EN_UN_CSV))
    suyos = planes_por_id(sesion, {linea.plan_id for linea in lineas})
    unidades = unidades_en_lote(sesion, {p.unidad_id for p in suyos.values()})
    de_quien = {p.id: (p.numero or "", unidades[p.unidad_id].nombre) for p in suyos.values()}
    donde = donde_se_entrega(sesion, lineas, suyos)
    contenido = halladas_en_csv(lineas, modalidades_de(sesion, lineas), de_quien, donde)
    return planilla(contenido, f"planes-{pedido.gestion}")


@router.get("/feria/planes/{plan_id}.csv")
def plan_como_planilla(plan_id: UUID, sesion: Sesion, actor: ActorOpcional) -> Response:
    """What is in a plan, in the columns in which lines are uploaded."""
    plan = _publicado(plan_visible(sesion, actor, plan_id))
    return planilla(plan_en_csv(sesion, plan_id), str(plan.numero))


def _publicado(plan: Plan) -> Plan:
    """A draft has its page elsewhere."""
    if plan.estado == EstadoPlan.BORRADOR:
        raise PlanNoEncontrado
    return plan


@router.get("/feria/planes/{plan_id}")
def plan_publicado(
    request: Request,
    plan_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    cursor: UnCursor = None,
    version: Annotated[Entero | None, Query(ge=1, le=32767)] = None,
    desde: Annotated[Entero, Query(ge=0, le=10_000)] = 0,
    linea: Annotated[Entero, Query(ge=1, le=32767)] = 1,
    hasta: Annotated[Entero, Query(ge=1, le=32767)] = 32767,
) -> HTMLResponse:
    """A plan as it is, from a line on, or, with `version`, as it was then; and how it changed, the last ten
    versions until one.
    """
    plan = _publicado(plan_visible(sesion, actor, plan_id))
    versiones = ultimas_versiones(sesion, plan_id, A_LA_VISTA, hasta)
    queda = versiones[-1][0].version - 1 if versiones else 0
    return pagina(
        request,
        "feria_inversa/plan/publico.html",
        plan=plan,
        entidad=unidad_por_id(sesion, plan.unidad_id),
        versiones=[(fila, en_frases(sesion, cambio)) for fila, cambio in versiones],
        anteriores=f"/feria/planes/{plan_id}?hasta={queda}" if queda else None,
        **_lo_que_dice(sesion, plan, cursor, version, desde, linea),
    )


def _lo_que_dice(
    sesion: Session, plan: Plan, cursor: str | None, version: int | None, desde: int, linea: int
) -> dict[str, Any]:
    aqui = f"/feria/planes/{plan.id}"
    if version is not None and version != plan.version:
        hay, mas = renglones_de_version(sesion, plan, version_de(sesion, plan.id, version), desde)
        siguiente = f"{aqui}?version={version}&desde={desde + POR_PAGINA}" if mas else None
        return {"renglones": hay, "siguiente": siguiente, "de_antes": version, "suma": None}
    lineas, sigue = pagina_de_lineas(sesion, plan.id, CursorPedido(cursor, POR_PAGINA), desde=linea)
    return {
        "renglones": renglones(sesion, lineas, {plan.id: plan}),
        "siguiente": f"{aqui}?cursor={sigue}" if sigue else None,
        "de_antes": None,
        "suma": sumas_de(sesion, [plan.id])[plan.id],
    }
