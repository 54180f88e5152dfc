"""The page where a seller says how they deliver."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.formas.esquemas import ZONAS_MAXIMAS
from comercio.formas.estados import FormaDeEntrega
from comercio.formas.formularios import FORMAS, HojaDeFormas
from comercio.formas.ofrecer import Forma, declarar, formas_de
from comercio.vendedores import mesa_de
from empresa_digital.registro import Unidad, municipios
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

FILAS_VACIAS = 3
router = APIRouter(prefix="/vender")


@router.get("/entregas")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _pagina(request, sesion, actor, unidad)


@router.post("/entregas")
def guardar(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeFormas, unidad: UUID
) -> Response:
    with hoja:
        declarar(sesion, actor, unidad, hoja.datos.por_forma(), hoja.datos.cobro)
        return redirigir(f"/vender?unidad={unidad}", _("Anotado: así entrega desde ahora."))
    return _pagina(request, sesion, actor, str(unidad), hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    ofrece = {f.forma: f for f in formas_de(sesion, [mesa.tienda.id])[mesa.tienda.id]}
    formas = FORMAS.mostrar(
        request,
        _valores(ofrece),
        enviada=hoja,
        opciones={"zonas.*.municipio_ine": _municipios(sesion, mesa.tienda)},
    )
    filas = [*formas.filas("zonas"), *range(ZONAS_MAXIMAS)]
    return pagina(
        request,
        "comercio/formas/formas.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        formas=formas,
        zonas=list(dict.fromkeys(filas))[: len(formas.filas("zonas")) + FILAS_VACIAS],
    )


def _valores(ofrece: Mapping[FormaDeEntrega, Forma]) -> dict[str, Any]:
    """What the form shows of what a seller offers now."""
    valores: dict[str, Any] = {str(f): "1" for f in ofrece} | {
        "donde": ofrece[FormaDeEntrega.RETIRO].indicaciones if FormaDeEntrega.RETIRO in ofrece else "",
        "gratis_desde": next((f.gratis_desde for f in ofrece.values() if f.gratis_desde), None),
        "cobra_correo": FormaDeEntrega.CORREO in ofrece and ofrece[FormaDeEntrega.CORREO].cobra,
        "contra_entrega": FormaDeEntrega.CORREO in ofrece and ofrece[FormaDeEntrega.CORREO].contra_entrega,
    }
    reparto = ofrece.get(FormaDeEntrega.REPARTO)
    if reparto is not None:
        valores["reparte"] = reparto.indicaciones
        for n, (ine, monto) in enumerate(sorted(reparto.zonas.items())):
            valores |= {f"zonas.{n}.municipio_ine": ine, f"zonas.{n}.monto": monto}
    return valores


def _municipios(sesion: Session, unidad: Unidad) -> list[tuple[str, str]]:
    """Those of the department of a unit: nobody takes it farther."""
    return [(m.ine, m.nombre) for m in municipios(sesion, departamento_ine=(unidad.municipio_ine or "")[:2])]
