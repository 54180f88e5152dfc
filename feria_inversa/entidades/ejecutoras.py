"""An entity declares its executing units: the codes that its CUCE may carry."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from feria_inversa.entidades.esquemas import EjecutoraEntrada
from feria_inversa.entidades.modelos import UnidadEjecutora
from feria_inversa.entidades.series import agregar_ejecutora, entidad_contratante
from feria_inversa.entidades.unidades import codigo_institucional
from nucleo.actor import Actor
from nucleo.auditoria import auditar


def declarar_ejecutora(
    sesion: Session, actor: Actor, unidad_id: UUID, datos: EjecutoraEntrada
) -> UnidadEjecutora:
    """Who administers the entity declares one, for good: it stands in the codes of its processes.

    Raises `SinFacultad`, `SinHabilitacion`, `EjecutoraEnUso`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    entidad = entidad_contratante(sesion, unidad_id, codigo_institucional(sesion, unidad_id))
    fila = agregar_ejecutora(sesion, entidad, datos.ejecutora, datos.nombre)
    dicho = {"codigo": fila.codigo, "ejecutora": fila.ejecutora, "nombre": fila.nombre}
    auditar(sesion, autorizacion, "entidad.declarar_ejecutora", "feria_entidad", unidad_id, dicho)
    sesion.flush()
    return fila
