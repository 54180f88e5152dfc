"""Rows of the modifications of an order, in the scene of `matriz_feria`: who proposes, who signs."""

from typing import Any

from tests.autorizacion.feria import paso_el_plazo_de_firmar
from tests.autorizacion.filas import Fila, Quien, fila, no
from tests.autorizacion.matriz_feria import COMPRA, OFERTA

_UNA = "/ordenes-de-compra/{orden_id}/modificaciones"
_CON = "convocatorias"
_MODIFICA = {"motivo": "Hacen falta más días."}
_LA_MODIFICABLE = {"orden_id": "orden_modificable"}
_RESPUESTAS: tuple[tuple[str, Quien], ...] = (("firma", OFERTA), ("rechazo", OFERTA), ("retiro", COMPRA))
_SUYA: dict[str, Any] = {"params": {"orden_id": "orden_modificada", "numero": "modificacion"}}

API: list[Fila] = [
    fila(
        "POST",
        "/api/v1" + _UNA,
        COMPRA,
        201,
        json=_MODIFICA | {"dias": 5},
        alcance=_CON,
        params=_LA_MODIFICABLE,
        negada=no(422, "datos_invalidos", {"dias": 0}),
    ),
    *(
        fila(
            "POST",
            f"/api/v1{_UNA}/{{numero}}/{como}",
            quien,
            200,
            alcance=_CON,
            **_SUYA,
            negada=no(409, "modificacion_tardia", antes=paso_el_plazo_de_firmar),
        )
        for como, quien in _RESPUESTAS
    ),
]

PAGINAS: list[Fila] = [
    fila(
        "POST",
        _UNA,
        COMPRA,
        303,
        form=_MODIFICA | {"_id": "{nuevo}", "dias": "5"},
        a="/ordenes-de-compra/",
        params=_LA_MODIFICABLE,
        negada=no(422, "o cuántos días más", {"dias": "0"}),
    ),
    *(
        fila(
            "POST",
            f"{_UNA}/{{numero}}/{como}",
            quien,
            303,
            form={},
            a="/ordenes-de-compra/",
            leen={"sin_facultad"},
            **_SUYA,
            negada=no(409, "El plazo para firmarla terminó", antes=paso_el_plazo_de_firmar),
        )
        for como, quien in _RESPUESTAS
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA: dict[int, object] = {}
FILAS: list[Fila] = [*API, *PAGINAS]
