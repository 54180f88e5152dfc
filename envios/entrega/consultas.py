"""Reads of the door: what was chosen, proofs and their pictures."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from envios.entrega.errores import PruebaNoEncontrada
from envios.entrega.modelos import ArchivoDePrueba, EleccionDeEntrega, PruebaDeEntrega
from envios.entrega.tipos import ClaseDeArchivo
from envios.eventos import Codigo, Fuente, Suceso

_SIN_CODIGO = frozenset({Fuente.SISTEMA, Fuente.SIMULADOR, Fuente.DESTINATARIO})


def con_codigo(entrega: Suceso) -> bool:
    """Whether a delivery could only be noted with the recipient's code."""
    return (
        entrega.codigo == Codigo.EMI
        and not entrega.es_devolucion
        and Fuente(entrega.fuente) not in _SIN_CODIGO
    )


def eleccion_vigente(sesion: Session, envio_id: UUID) -> EleccionDeEntrega | None:
    """How who receives an item wants it, as of now; None when they never said."""
    return elecciones_vigentes(sesion, [envio_id]).get(envio_id)


def elecciones_vigentes(sesion: Session, envios: Iterable[UUID]) -> dict[UUID, EleccionDeEntrega]:
    """The choice in force of each of these items that has one, in one query."""
    consulta = (
        select(EleccionDeEntrega)
        .where(col(EleccionDeEntrega.envio_id).in_(list(envios)))
        .order_by(col(EleccionDeEntrega.version))
    )
    return {fila.envio_id: fila for fila in sesion.exec(consulta)}


def prueba_por_id(sesion: Session, prueba_id: UUID) -> PruebaDeEntrega:
    """Raises `PruebaNoEncontrada`."""
    fila = sesion.get(PruebaDeEntrega, prueba_id)
    if fila is None:
        raise PruebaNoEncontrada()
    return fila


def prueba_de_evento(
    sesion: Session, operador_unidad_id: UUID, evento: Suceso | None, evento_cliente_id: str = ""
) -> PruebaDeEntrega | None:
    """The proof of a delivery, kept with its event or before the server knew of it."""
    if evento is not None:
        fila = sesion.exec(
            select(PruebaDeEntrega).where(col(PruebaDeEntrega.evento_id) == evento.id)
        ).one_or_none()
        if fila is not None:
            return fila
    identificador = evento.evento_cliente_id if evento is not None else evento_cliente_id
    if not identificador:
        return None
    return sesion.exec(
        select(PruebaDeEntrega).where(
            col(PruebaDeEntrega.operador_unidad_id) == operador_unidad_id,
            col(PruebaDeEntrega.evento_cliente_id) == identificador,
        )
    ).one_or_none()


def pruebas_de(sesion: Session, envio_id: UUID) -> Sequence[PruebaDeEntrega]:
    """All proofs of an item, oldest first: more than one when it was said to be delivered twice."""
    return sesion.exec(
        select(PruebaDeEntrega)
        .where(col(PruebaDeEntrega.envio_id) == envio_id)
        .order_by(col(PruebaDeEntrega.ocurrida_en), col(PruebaDeEntrega.id))
    ).all()


def entregado_con_codigo(sesion: Session, envio_id: UUID) -> bool:
    """Whether who received an item gave the code that only its recipient has."""
    return any(p.codigo_comprobado for p in pruebas_de(sesion, envio_id))


def archivos_de(
    sesion: Session, pruebas: Iterable[UUID]
) -> Mapping[UUID, Mapping[ClaseDeArchivo, ArchivoDePrueba]]:
    """The pictures of each proof, by kind."""
    todos: dict[UUID, dict[ClaseDeArchivo, ArchivoDePrueba]] = {id: {} for id in pruebas}
    consulta = select(ArchivoDePrueba).where(col(ArchivoDePrueba.prueba_id).in_(list(todos)))
    for fila in sesion.exec(consulta):
        todos[fila.prueba_id][fila.clase] = fila
    return todos
