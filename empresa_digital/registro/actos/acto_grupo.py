"""The grant of a joint mandate as a joint act: what those who only administer together sign."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.actos.grupos import NuevoGrupo, otorgar_grupo
from empresa_digital.registro.mandatos import Facultad, facultades_en_palabras, limites_en_palabras
from empresa_digital.registro.mandatos.modelos import Mandato
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.dinero import Dinero
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeGrupo(BaseModel):
    """What a joint grant says (`NuevoGrupo`), and for which unit."""

    model_config = ConfigDict(frozen=True)

    unidad: UUID
    facultades: tuple[Facultad, ...]
    cedulas: tuple[str, ...]
    firmas: int
    monto_limite: Dinero | None = None
    limite_dia: Dinero | None = None
    limite_mes: Dinero | None = None
    hasta: datetime | None = None
    documento: str | None = None
    id: UUID


def _otorgar(sesion: Session, actor: Actor, cuerpo: CuerpoDeGrupo) -> list[Mandato]:
    campos = {c: getattr(cuerpo, c) for c in CuerpoDeGrupo.model_fields if c != "unidad"}
    return otorgar_grupo(sesion, actor, cuerpo.unidad, NuevoGrupo(**campos))


def _en_palabras(_sesion: Session, c: CuerpoDeGrupo) -> Sequence[tuple[str, str]]:
    return [
        (
            _("Se da un mandato conjunto a"),
            _("Las personas con cédula %(ci)s") % {"ci": ", ".join(c.cedulas)},
        ),
        (_("Firman cada acto"), _("%(k)s de %(n)s") % {"k": c.firmas, "n": len(c.cedulas)}),
        (_("Podrán"), facultades_en_palabras(c.facultades)),
        *limites_en_palabras(c),
        (_("Hasta"), _("Que se lo revoque") if c.hasta is None else filtro_fecha_hora(c.hasta)),
        *([(_("Documento de respaldo"), c.documento)] if c.documento else []),
    ]


GRUPO: ActoConjunto[CuerpoDeGrupo, list[Mandato]] = acto_conjunto(
    ActoConjunto(
        codigo="mandato_conjunto",
        nombre=_l("Mandato conjunto nuevo"),
        facultad=Facultad.ADMINISTRAR.value,
        cuerpo=CuerpoDeGrupo,
        ejecutar=_otorgar,
        en_palabras=_en_palabras,
    )
)


def otorgar_o_proponer(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoGrupo
) -> list[Mandato] | Propuesto:
    """`otorgar_grupo` for whoever may alone; for who only may with others, it waits for their signatures."""
    con_id = replace(nuevo, id=nuevo.id or nuevo_id())
    return GRUPO.hacer(sesion, actor, CuerpoDeGrupo(**asdict(con_id), unidad=unidad_id))
