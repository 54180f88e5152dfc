"""What the systems of a unit are told of the numbers that they follow: the types of their webhooks."""

from uuid import UUID

from pydantic import BaseModel, Field

from envios.seguimiento.esquemas import Seguimiento
from envios.seguimiento.estados import EstadoRastreador
from nucleo.textos import perezoso as _l
from nucleo.webhooks import tipo_de_webhook


class RastreadorParaAfuera(BaseModel):
    rastreador_id: UUID
    numero: str = Field(description="El que se pidió seguir, como se escribió.")
    estado: EstadoRastreador
    seguimiento: Seguimiento | None = Field(
        description="Lo que cualquiera puede leer; nulo si aún no existe."
    )


_EJEMPLO = {
    "rastreador_id": "0197a6c0-0000-7000-8000-000000000001",
    "numero": "PQ000001006BO",
    "estado": "siguiendo",
    "seguimiento": {
        "numero": "PQ000001006BO",
        "legible": "PQ 000 001 006 BO",
        "servicio": "uso nacional o bilateral",
        "estado": "en_reparto",
        "estado_texto": "En reparto",
        "etiqueta": "OutForDelivery",
        "operador": "Correos de Prueba",
        "destino": "Sorata, La Paz",
        "anunciado_en": "2026-11-26T14:05:00Z",
        "admitido_en": "2026-11-26T18:30:00Z",
        "entregado_en": None,
        "entrega_prometida": "2026-11-30",
        "siguiente_paso": "Lo llevan a su destino.",
        "ruta": ["La Paz, La Paz", "Sorata, La Paz"],
        "eventos": [],
    },
}

CREADO = tipo_de_webhook(
    "rastreador.creado",
    _l("Se empezó a seguir un número, exista ya o no."),
    RastreadorParaAfuera,
    _EJEMPLO | {"estado": "esperando", "seguimiento": None},
)
ACTUALIZADO = tipo_de_webhook(
    "rastreador.actualizado", _l("Un envío que se sigue se movió."), RastreadorParaAfuera, _EJEMPLO
)
EXCEPCION = tipo_de_webhook(
    "rastreador.excepcion",
    _l("Un envío que se sigue quedó retenido, no se pudo entregar, vuelve, se anuló o no da noticias."),
    RastreadorParaAfuera,
    _EJEMPLO,
)
