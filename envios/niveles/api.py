"""Open data of the service levels, for anybody."""

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from envios.niveles.abiertos import COLUMNAS, en_csv, registros
from envios.niveles.medir import MINIMO, Filtro, Medicion, Por, medir
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import coincide, etag_de
from nucleo.idempotencia import RutaIdempotente
from nucleo.lectores import Fecha, en_cifras
from nucleo.limites import limitar_direccion
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)
CONSULTAS_POR_MINUTO = 60


class NivelesPedidos(BaseModel):
    """What is asked; each figure is of items that were received in those months."""

    model_config = ConfigDict(extra="forbid")

    por: list[Por] = Field(
        [Por.OPERADOR, Por.MES], max_length=4, description="Por qué se agrupan los envíos."
    )
    operador: UUID | None = Field(None, description="La unidad que los llevó.")
    servicio: str | None = Field(None, max_length=20)
    origen: str | None = Field(
        None, pattern=r"^([0-9]{2}|[0-9]{6})$", description="Código INE de departamento o municipio."
    )
    destino: str | None = Field(None, pattern=r"^([0-9]{2}|[0-9]{6})$")
    desde: Fecha | None = Field(None, description="Primer mes (cualquiera de sus días).")
    hasta: Fecha | None = Field(None, description="Último mes.")

    def filtro(self) -> Filtro:
        return Filtro(
            self.operador,
            self.servicio,
            self.origen,
            self.destino,
            self.desde.replace(day=1) if self.desde else None,
            self.hasta.replace(day=1) if self.hasta else None,
        )


class NivelesLeidos(BaseModel):
    hasta_el: date = Field(description="El día en que se juzgó lo prometido.")
    minimo: int = Field(description="Un grupo de menos envíos no se muestra.")
    pocos: int = Field(description="Cuántos grupos no se muestran por eso.")
    columnas: dict[str, str] = Field(description="Qué dice cada columna.")
    datos: list[dict[str, Any]]


Pedido = Annotated[NivelesPedidos, Query()]


def _medicion(request: Request, sesion: Sesion, pedido: NivelesPedidos) -> Medicion:
    limitar_direccion(request, "envios.niveles", cupo=CONSULTAS_POR_MINUTO, ventana_s=60)
    return medir(sesion, pedido.filtro(), pedido.por)


def _con_marca(request: Request, cuerpo: str, tipo: str, **cabeceras: str) -> Response:
    marca = etag_de(cuerpo.encode())
    todas = {"ETag": marca, "Cache-Control": "public, max-age=300", **cabeceras}
    if coincide(marca, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=todas)
    return Response(cuerpo, media_type=tipo, headers=todas)


@router.get(
    "/niveles-de-servicio",
    dependencies=[Depends(publico)],
    responses=respuestas(),
    response_model=NivelesLeidos,
)
def niveles_de_servicio(request: Request, sesion: Sesion, pedido: Pedido) -> Response:
    """Cómo cumplen los operadores postales: puntualidad, primer intento y días en cada etapa, por grupos.

    Los grupos de menos de cinco envíos no se muestran. Las cifras se rehacen cuando algo se corrige.
    """
    medicion = _medicion(request, sesion, pedido)
    cuerpo = {
        "hasta_el": medicion.hasta_el.isoformat(),
        "minimo": MINIMO,
        "pocos": medicion.pocos,
        "columnas": {c: str(t) for c, t in COLUMNAS.items()},
        "datos": registros(sesion, medicion),
    }
    return _con_marca(request, json.dumps(cuerpo, ensure_ascii=False, default=_simple), "application/json")


_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "Los mismos grupos.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get(
    "/niveles-de-servicio.csv",
    dependencies=[Depends(publico)],
    response_class=Response,
    responses=_CSV | respuestas(),
)
def niveles_en_csv(request: Request, sesion: Sesion, pedido: Pedido) -> Response:
    """Lo mismo en CSV: UTF-8, comas, punto decimal, vacío donde no se sabe."""
    cuerpo = en_csv(sesion, _medicion(request, sesion, pedido))
    nombre = 'attachment; filename="niveles-de-servicio.csv"'
    return _con_marca(request, cuerpo, "text/csv; charset=utf-8", **{"Content-Disposition": nombre})


def _simple(valor: Any) -> Any:
    assert isinstance(valor, Decimal)
    return en_cifras(valor)
