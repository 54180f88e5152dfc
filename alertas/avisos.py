"""The kinds of notices of this room, and what it tells to a unit's own systems."""

from uuid import UUID

from pydantic import BaseModel, Field

from ciudadania import clase
from nucleo.textos import perezoso as _l
from nucleo.webhooks import tipo_de_webhook


class HallazgoParaAfuera(BaseModel):
    id: UUID
    titulo: str
    detalle: str
    url: str = Field(description="Su página en la plataforma.")


class AlertaParaAfuera(BaseModel):
    alerta_id: UUID
    nombre: str
    cuantos: int = Field(description="Cuántos se hallaron; el mensaje nombra los primeros veinte.")
    hallazgos: list[HallazgoParaAfuera]


ALERTA_CON_HALLAZGOS = tipo_de_webhook(
    "AlertaConHallazgos",
    _l("Apareció algo que una alerta de la unidad buscaba."),
    AlertaParaAfuera,
    {
        "alerta_id": "0197a6c0-0000-7000-8000-000000000001",
        "nombre": "«quinua», Oruro",
        "cuantos": 1,
        "hallazgos": [
            {
                "id": "0197a6c0-0000-7000-8000-000000000002",
                "titulo": "Quinua real, 1 kg",
                "detalle": "Bs 18,00 · Asociación de productores · Salinas",
                "url": "https://qhatu.ejemplo.bo/productos/0197a6c0-0000-7000-8000-000000000002",
            }
        ],
    },
)
AVISO_HALLAZGO = clase(
    "alertas.hallazgo", _l("Sus alertas"), _l("%(n)s novedades de sus alertas"), icono="bell"
)
