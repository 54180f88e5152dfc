"""The proofs of a process, for anybody: each a file that is checked without us."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response

from ciudadania import ActorOpcional
from feria_inversa.procesos import convocatoria_visible
from feria_inversa.pruebas import hacer
from feria_inversa.pruebas.esquemas import PruebaDeFeria
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.lectores import NumeroDeRuta
from nucleo.web import publico

router = APIRouter(
    prefix="/api/v1/convocatorias", tags=["pruebas de un proceso"], dependencies=[Depends(publico)]
)
Huella = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="La de la oferta: está en su recibo.")]


def _guardar(respuesta: Response, nombre: str) -> None:
    respuesta.headers["Content-Disposition"] = f'attachment; filename="qhatu-{nombre}.json"'


@router.get("/{convocatoria_id}/actas/{numero}/prueba", responses=respuestas(404, 409))
def ver_prueba_de_acta(
    convocatoria_id: UUID, numero: NumeroDeRuta, sesion: Sesion, actor: ActorOpcional, respuesta: Response
) -> PruebaDeFeria:
    """La prueba de un acta: su texto exacto, y que está en el registro público firmado.

    La de una adjudicación dice qué ítem, a quién y por cuánto. Compruébela con `qhatu verify constancia`, o
    en `/constancia/comprobar`. Hasta que entra al árbol, menos de un minuto, responde 409
    `constancia_pendiente`.
    """
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    prueba = hacer.prueba_de_acta(sesion, convocatoria, numero)
    _guardar(respuesta, f"acta-{convocatoria.cuce}-{numero}")
    return prueba


@router.get("/{convocatoria_id}/apertura/prueba", responses=respuestas(404, 409))
def ver_prueba_de_apertura(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional, respuesta: Response
) -> PruebaDeFeria:
    """La prueba de que el acta de apertura da cuenta de todas las ofertas selladas, y de ninguna otra."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    prueba = hacer.prueba_de_apertura(sesion, convocatoria)
    _guardar(respuesta, f"apertura-{convocatoria.cuce}")
    return prueba


@router.get("/{convocatoria_id}/ofertas/{huella}/prueba", responses=respuestas(404, 409))
def ver_prueba_de_oferta(
    convocatoria_id: UUID, huella: Huella, sesion: Sesion, actor: ActorOpcional, respuesta: Response
) -> PruebaDeFeria:
    """La prueba de que una oferta sellada está entre las anotadas al cierre, y de qué decía si se abrió."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    prueba = hacer.prueba_de_oferta(sesion, convocatoria, huella)
    _guardar(respuesta, f"oferta-{huella[:12]}")
    return prueba
