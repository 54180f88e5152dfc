"""The webhook of the change feed: what happened in an account of the unit, in order."""

from pydantic import BaseModel, Field

from nucleo.textos import perezoso as _l
from nucleo.webhooks import tipo_de_webhook
from pagos.cambios.esquemas import CambioVista


class CuentaConCambios(BaseModel):
    cuenta: int
    desde: int = Field(description="El `hasta` del mensaje anterior de esta cuenta: si no lo tiene, pídalo.")
    hasta: int
    cambios: list[CambioVista] = Field(description="Los de `/cuentas/{cuenta}/cambios` entre ambos números.")


CUENTA_CON_CAMBIOS = tipo_de_webhook(
    "CuentaConCambios",
    _l("Algo se movió, se reservó o se liberó en una cuenta de la unidad."),
    CuentaConCambios,
    {
        "cuenta": 17,
        "desde": 4810,
        "hasta": 4821,
        "cambios": [
            {
                "id": "0197a6c0-0000-7000-8000-000000000004",
                "numero": 4821,
                "debito": 23,
                "credito": 17,
                "monto": {"monto": "12.50", "moneda": "BOB"},
                "codigo": 4,
                "tipo": "simple",
                "creada_en": "2026-11-27T10:15:00-04:00",
                "referencia": None,
                "pendiente_id": None,
                "saldo": {"monto": "90.00", "moneda": "BOB"},
            }
        ],
    },
)
