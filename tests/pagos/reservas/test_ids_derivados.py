"""The ids that the platform derives for payments of its own cannot be taken by somebody's payment."""

import uuid
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from comercio.compra.esquemas import CompraNueva
from pagos.billetera.esquemas import SolicitudPorHacer
from pagos.cobros.esquemas import PagoPorHacer
from pagos.libro import NuevaTransferencia
from pagos.reservas.esquemas import NuevaReserva
from tests.pagos.conftest import Libro
from tests.pagos.reservas.test_reservas import RUTA, anular_http, confirmar_http, pedido
from tests.pagos.test_api import Gente, gente, pago

__all__ = ["gente"]  # the fixture
TRANSFERENCIAS = "/api/v1/transferencias"


@pytest.mark.parametrize(("fin", "terminar"), [("confirmada", confirmar_http), ("anulada", anular_http)])
def test_quien_paga_no_estorba_el_fin_de_su_garantia(
    cliente: Any, gente: Gente, libro: Libro, fin: str, terminar: Any
) -> None:
    garantia = pedido(gente, resuelve="quien_recibe")
    assert cliente.post(RUTA, json=garantia, headers=gente.de_ana).status_code == 201
    estorbo = pago(gente, "0.01", id=str(uuid.uuid5(uuid.UUID(garantia["id"]), fin)))
    antes = libro.foto()

    solo = cliente.post(TRANSFERENCIAS, json=estorbo, headers=gente.de_ana)
    lote = {"modo": "independiente", "transferencias": [estorbo]}
    en_lote = cliente.post("/api/v1/lotes-de-transferencias", json=lote, headers=gente.de_ana)
    otra = cliente.post(RUTA, json=garantia | {"id": estorbo["id"]}, headers=gente.de_ana)

    for respuesta in (solo, en_lote, otra):
        assert respuesta.status_code == 422, respuesta.text
        assert "UUIDv7" in respuesta.text
    assert libro.foto() == antes
    assert terminar(cliente, garantia["id"], gente.de_luis).status_code == 200


@pytest.mark.parametrize(
    "pide", [NuevaTransferencia, NuevaReserva, SolicitudPorHacer, PagoPorHacer, CompraNueva]
)
def test_ningun_pedido_elige_un_id_derivado(pide: type[BaseModel]) -> None:
    with pytest.raises(ValidationError) as error:
        pide.model_validate({"id": str(uuid.uuid5(uuid.uuid4(), "confirmacion"))})
    assert "UUIDv7" in next(e["msg"] for e in error.value.errors() if e["loc"] == ("id",))


def test_tampoco_una_pagina(cliente: Any, gente: Gente, libro: Libro, sesion_web: Any) -> None:
    navegador = sesion_web(gente.ana)
    antes = libro.foto()
    formulario = {"_id": str(uuid.uuid5(uuid.uuid4(), "confirmacion")), "monto": "0,01"}
    formulario |= {"a": str(gente.luis.id), "cuenta": str(gente.cuenta_ana)}
    respuesta = navegador.post("/billetera/enviar/confirmar", data=formulario)
    assert respuesta.status_code == 422, respuesta.text
    assert libro.foto() == antes
