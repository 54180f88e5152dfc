"""The grant of a mandate as a joint act: what those who only administer together sign."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.otorgar import NuevoMandato, otorgar_mandato
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import nombres_de_unidades
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.dinero import Dinero, formato_bs
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeMandato(BaseModel):
    """What a grant says (`NuevoMandato`), and for which unit."""

    model_config = ConfigDict(frozen=True)

    unidad: UUID
    id: UUID
    facultades: tuple[Facultad, ...]
    cedula: str | None = None
    unidad_apoderada: UUID | None = None
    monto_limite: Dinero | None = None
    limite_dia: Dinero | None = None
    limite_mes: Dinero | None = None
    desde: datetime | None = None
    hasta: datetime | None = None
    subdelegable: bool = False
    documento: str | None = None

    @classmethod
    def de(cls, unidad_id: UUID, nuevo: NuevoMandato) -> "CuerpoDeMandato":
        assert nuevo.persona_id is None
        assert nuevo.grupo is None
        propios = {c: getattr(nuevo, c) for c in cls.model_fields if hasattr(nuevo, c)}
        propios["id"] = nuevo.id or nuevo_id()
        return cls(**propios, unidad=unidad_id, unidad_apoderada=nuevo.unidad_id)

    def nuevo(self) -> NuevoMandato:
        campos = {
            c: getattr(self, c) for c in type(self).model_fields if c not in ("unidad", "unidad_apoderada")
        }
        return NuevoMandato(**campos, unidad_id=self.unidad_apoderada)


def _otorgar(sesion: Session, actor: Actor, cuerpo: CuerpoDeMandato) -> Mandato:
    return otorgar_mandato(sesion, actor, cuerpo.unidad, cuerpo.nuevo())


def _en_palabras(sesion: Session, c: CuerpoDeMandato) -> Sequence[tuple[str, str]]:
    a_quien = _("La persona con cédula %(ci)s") % {"ci": c.cedula}
    if c.unidad_apoderada is not None:
        a_quien = nombres_de_unidades(sesion, [c.unidad_apoderada])[c.unidad_apoderada]
    return [
        (_("Se da un mandato a"), a_quien),
        (_("Podrá"), facultades_en_palabras(c.facultades)),
        *limites_en_palabras(c),
        *([(_("Desde"), filtro_fecha_hora(c.desde))] if c.desde else []),
        (_("Hasta"), _("Que se lo revoque") if c.hasta is None else filtro_fecha_hora(c.hasta)),
        *([(_("Podrá delegarlo"), _("A otra persona, una vez"))] if c.subdelegable else []),
        *([(_("Documento de respaldo"), c.documento)] if c.documento else []),
    ]


def limites_en_palabras(con_limites: Any) -> list[tuple[str, str]]:
    """The limits that a grant has."""
    nombres = (
        ("monto_limite", _("Monto máximo por acto")),
        ("limite_dia", _("Monto máximo por día")),
        ("limite_mes", _("Monto máximo por mes")),
    )
    dados = [(nombre, getattr(con_limites, campo)) for campo, nombre in nombres]
    return [(nombre, formato_bs(limite)) for nombre, limite in dados if limite is not None]


MANDATO: ActoConjunto[CuerpoDeMandato, Mandato] = acto_conjunto(
    ActoConjunto(
        codigo="mandato",
        nombre=_l("Mandato nuevo"),
        facultad=Facultad.ADMINISTRAR.value,
        cuerpo=CuerpoDeMandato,
        ejecutar=_otorgar,
        en_palabras=_en_palabras,
    )
)


def otorgar_o_proponer(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato
) -> Mandato | Propuesto:
    """`otorgar_mandato` for whoever may alone; for who only may with others, it waits for the others."""
    return MANDATO.hacer(sesion, actor, CuerpoDeMandato.de(unidad_id, nuevo))
