"""Pages of the operator's money, for who pays for it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad
from envios.deudas import ClaseDeDeuda, cerrar_ronda, operador_con, vencimientos
from envios.portes.cuentas import DIAS, en_csv, por_dia, una_a_una
from envios.portes.formularios import RONDA, HojaDeRonda
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import a_centavos, cero, de_centavos, formato_bs
from nucleo.formularios import Hoja
from nucleo.lectores import Fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import cuenta_de_unidad, obtener_cuenta

router = APIRouter(prefix="/envios/operador/cuentas", include_in_schema=False)
POR_DIA_MAXIMO = 500


@router.get("")
def ver_cuentas(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: UUID | None = None
) -> Response:
    """What came in and went out by day, what is owed and when."""
    return _pagina(request, sesion, actor, unidad)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: UUID | None, hoja: Hoja[Any] | None = None
) -> Response:
    operador, todos = operador_con(sesion, actor, Facultad.PAGAR, unidad)
    cuenta = obtener_cuenta(sesion, cuenta_de_unidad(sesion, operador.id))
    hoy = fecha_bolivia(ahora_bd(sesion))
    desde = hoy - timedelta(days=DIAS - 1)
    vence = vencimientos(sesion, operador.id)
    ronda = [v for v in vence if v.clase is ClaseDeDeuda.CONTRA_ENTREGA and not v.en_ventanilla]
    total = sum((v.monto for v in ronda), cero())
    return pagina(
        request,
        "envios/portes/cuentas.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        cuenta=cuenta,
        hoy=hoy,
        desde=desde,
        dias=por_dia(sesion, operador.id, desde, hoy),
        vence=vence,
        total=total,
        cuantas=sum(v.cuantas for v in ronda),
        en_ventanilla=sum((v.monto for v in vence if v.en_ventanilla), cero()),
        indemnizaciones=sum((v.monto for v in vence if v.clase is ClaseDeDeuda.INDEMNIZACION), cero()),
        falta=max(total - cuenta.disponible, cero()),
        ronda=RONDA.mostrar(request, {"total": a_centavos(total)}, enviada=hoja),
    )


@router.get("/dia/{dia}")
def ver_dia(
    request: Request, sesion: Sesion, actor: ActorRequerido, dia: Fecha, unidad: UUID | None = None
) -> Response:
    """The items behind the figures of a day."""
    operador, _todos = operador_con(sesion, actor, Facultad.PAGAR, unidad)
    lineas = una_a_una(sesion, operador.id, dia, dia, POR_DIA_MAXIMO + 1)
    return pagina(
        request,
        "envios/portes/dia.html",
        operador=operador,
        dia=dia,
        lineas=lineas[:POR_DIA_MAXIMO],
        hay_mas=len(lineas) > POR_DIA_MAXIMO,
    )


@router.get("/movimientos.csv")
def bajar_csv(
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    desde: Fecha | None = None,
    hasta: Fecha | None = None,
) -> Response:
    """Movement by movement, with its item; the last 31 days unless told, a year at most."""
    operador, _todos = operador_con(sesion, actor, Facultad.PAGAR, unidad)
    fin: date = hasta or fecha_bolivia(ahora_bd(sesion))
    inicio: date = max(desde or fin - timedelta(days=DIAS - 1), fin - timedelta(days=366))
    nombre = f"cuentas-{operador.numero}-{inicio:%Y%m%d}-{fin:%Y%m%d}.csv"
    return Response(
        en_csv(una_a_una(sesion, operador.id, inicio, fin)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nombre}"'},
    )


@router.post("/ronda")
def cerrar(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRonda, unidad: UUID | None = None
) -> Response:
    operador, _todos = operador_con(sesion, actor, Facultad.PAGAR, unidad)
    with hoja:
        total = de_centavos(hoja.datos.total)
        pagadas = cerrar_ronda(sesion, actor, operador.id, total=total)
        suma = formato_bs(sum((d.monto for d in pagadas), cero()))
        aviso = _("Ronda cerrada: pagó %(suma)s.") % {"suma": suma}
        return redirigir(f"/envios/operador/cuentas?unidad={operador.id}", aviso)
    return _pagina(request, sesion, actor, operador.id, hoja)
