"""Pages of what a unit collected on a day."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import de_centavos
from nucleo.errores import DatosInvalidos
from nucleo.graficos import barras
from nucleo.lectores import Entero, Ilegible, leer_fecha
from nucleo.limites import limitar
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina
from pagos.cobros.cobros_del_dia import (
    Dia,
    cobros_de,
    csv_del_dia,
    cuentas_que_cobran,
    exigir_cuenta_que_cobra,
    resumen_del_dia,
)
from pagos.devoluciones import CODIGOS
from pagos.libro import NOMBRE_DE_CODIGO, CuentaPropia, puede_ver

router = APIRouter()

POR_PAGINA = 50
DESCARGAS_POR_MINUTO = 10
RUTA = "/billetera/cobros-del-dia"


@router.get(RUTA)
def cobros_del_dia(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta: Entero | None = None,
    dia: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """What entered an account of the actor's units on a day: in all, by hour, by reason, and one by one."""
    cuentas = cuentas_que_cobran(sesion, actor)
    if not cuentas and cuenta is None:
        return pagina(request, "pagos/cobros/cobros_del_dia.html", cuentas=[], elegida=None)
    elegida = exigir_cuenta_que_cobra(sesion, actor, cuenta if cuenta is not None else cuentas[0].id)
    hoy = fecha_bolivia(ahora_bd(sesion))
    errores: dict[str, str] = {}
    try:
        pedido = _dia(dia, hoy)
    except DatosInvalidos as error:
        pedido, errores = hoy, error.campos or {}
    return _pagina(request, sesion, actor, cuentas, elegida, pedido, hoy, errores, cursor)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    cuentas: list[CuentaPropia],
    elegida: CuentaPropia,
    dia: date,
    hoy: date,
    errores: dict[str, str],
    cursor: str | None,
) -> Response:
    resumen = resumen_del_dia(sesion, elegida.id, dia)
    cobros, siguiente = cobros_de(sesion, elegida.id, dia, CursorPedido(cursor, POR_PAGINA))
    base = f"{RUTA}?cuenta={elegida.id}&dia={dia.isoformat()}"
    return pagina(
        request,
        "pagos/cobros/cobros_del_dia.html",
        422 if errores else 200,
        cuentas=cuentas,
        elegida=elegida,
        dia=dia,
        hoy=hoy,
        anterior=f"{RUTA}?cuenta={elegida.id}&dia={dia - timedelta(days=1)}",
        posterior=f"{RUTA}?cuenta={elegida.id}&dia={dia + timedelta(days=1)}" if dia < hoy else None,
        resumen=resumen,
        grafico=_por_hora(resumen) if resumen.cuantos else None,
        cobros=cobros,
        siguiente_url=f"{base}&cursor={siguiente}" if siguiente else None,
        descarga=f"{RUTA}.csv?cuenta={elegida.id}&dia={dia.isoformat()}",
        disponible=elegida.cuenta.disponible if puede_ver(sesion, actor, elegida.cuenta) else None,
        motivos=NOMBRE_DE_CODIGO,
        devolvibles=CODIGOS,
        errores=errores,
    )


def _por_hora(resumen: Dia) -> object:
    """From the first hour with charges to the last one."""
    activas = [h for h, monto in enumerate(resumen.por_hora) if monto]
    horas = range(activas[0], activas[-1] + 1)
    puntos = [(f"{h} h", de_centavos(resumen.por_hora[h])) for h in horas]
    return barras(_("Cobrado por hora, en bolivianos"), puntos)


@router.get(f"{RUTA}.csv")
def bajar_csv(
    sesion: Sesion, actor: ActorRequerido, cuenta: Entero, dia: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    elegida = exigir_cuenta_que_cobra(sesion, actor, cuenta)
    limitar("pagos.cobros_del_dia", actor.clave, cupo=DESCARGAS_POR_MINUTO, ventana_s=60)
    pedido = _dia(dia, fecha_bolivia(ahora_bd(sesion)))
    nombre = f'attachment; filename="cobros-{elegida.id}-{pedido.isoformat()}.csv"'
    cuerpo = b"".join(csv_del_dia(sesion, elegida.id, pedido))
    return Response(cuerpo, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": nombre})


def _dia(texto: str, hoy: date) -> date:
    """The day asked for, today if none is. Raises `DatosInvalidos`."""
    if not texto.strip():
        return hoy
    try:
        leido = leer_fecha(texto)
    except Ilegible as error:
        raise DatosInvalidos(str(error), campos={"dia": str(error)}) from error
    if not date(2000, 1, 1) <= leido <= hoy:
        falta = _("Elija un día que ya llegó.")
        raise DatosInvalidos(falta, campos={"dia": falta})
    return leido
