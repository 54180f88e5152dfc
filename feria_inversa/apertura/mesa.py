"""What waits for who holds keys: their groups in preparation, and the processes that their part opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, and_, col, or_, select

from feria_inversa.apertura.partes import ESPERAN
from feria_inversa.llaves import TenenciaMia, tenencias_mias
from feria_inversa.llaves.modelos import Depositario, Llave, Parte
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.reloj import ahora_bd

MAXIMO = 100


@dataclass(frozen=True, slots=True)
class Mesa:
    """Everything that somebody holds, what is asked of them first."""

    grupos: Sequence[TenenciaMia]
    por_dar: Sequence[Convocatoria]

    @property
    def pendientes(self) -> int:
        return len(self.por_dar) + len([g for g in self.grupos if g.falta])


def mesa_de(sesion: Session, actor: Actor) -> Mesa:
    grupos = tenencias_mias(sesion, actor)
    return Mesa(grupos, _por_dar(sesion, actor) if grupos else ())


def _por_dar(sesion: Session, actor: Actor) -> Sequence[Convocatoria]:
    """The closed processes that wait for their part, the first to end first."""
    vencida = (col(Convocatoria.estado) == Estado.PUBLICADO) & (
        col(Convocatoria.vence_en) <= ahora_bd(sesion)
    )
    consulta = (
        select(Convocatoria)
        .join(Llave, col(Llave.convocatoria_id) == Convocatoria.id)
        .join(Parte, col(Parte.llave_id) == Llave.id)
        .join(
            Depositario,
            (col(Depositario.resguardo_id) == Parte.resguardo_id) & (col(Depositario.numero) == Parte.numero),
        )
        .where(
            Depositario.persona_id == actor.persona_id,
            col(Parte.entregada_en).is_(None),
            Llave.tecnica == and_(col(Convocatoria.dos_sobres), col(Convocatoria.tecnica_en).is_(None)),
            or_(col(Convocatoria.estado).in_(ESPERAN), vencida),
        )
        .order_by(col(Convocatoria.sigue_en), col(Convocatoria.vence_en), col(Convocatoria.id))
        .limit(MAXIMO)
    )
    return sesion.exec(consulta).all()
