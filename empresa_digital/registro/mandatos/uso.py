"""The limits of a mandate by day and month: what was used of them, and acts without money that use them.

The rows are written by the registry's SQL functions alone, under the mandate's lock, in the transaction of
the act: by the ledger's for money, by `usar_mandato` for commitments. What counts is data,
`registro_caso_de_uso`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro.mandatos.consultas import mandatos_de
from empresa_digital.registro.mandatos.errores import LimiteDeMandato, SinFacultad
from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.actor import Autorizacion
from nucleo.dinero import a_centavos, cero, de_centavos, formato_bs
from nucleo.textos import gettext as _


class Compromiso(StrEnum):
    """What a use case commits without moving money: the cases of `registro_caso_de_uso` that are not the
    ledger's.
    """

    CONVOCATORIA = "convocatoria"
    OFERTA = "oferta"
    ADJUDICACION = "adjudicacion"
    ORDEN_DE_COMPRA = "orden_de_compra"


@dataclass(frozen=True, slots=True)
class UsoDeMandato:
    """What was used of a mandate with a limit by day or month (None is no limit of that kind)."""

    limite_dia: Money | None
    limite_mes: Money | None
    usado_dia: Money
    usado_mes: Money

    @property
    def queda_dia(self) -> Money | None:
        return None if self.limite_dia is None else max(self.limite_dia - self.usado_dia, cero())

    @property
    def queda_mes(self) -> Money | None:
        return None if self.limite_mes is None else max(self.limite_mes - self.usado_mes, cero())


_USOS = text(
    "SELECT m.id, m.limite_dia, m.limite_mes, u.usado_dia, u.usado_mes "
    "FROM registro_mandato m, LATERAL registro_usado(m.id, nucleo_ahora()) u "
    "WHERE m.id = ANY (CAST(:ids AS uuid[])) AND num_nonnulls(m.limite_dia, m.limite_mes) > 0"
)
_EN_USO = text("SELECT id, monto_limite FROM registro_mandatos_en_uso(CAST(:cadena AS uuid[]))")


def usos_de(sesion: Session, mandatos: Iterable[UUID]) -> dict[UUID, UsoDeMandato]:
    """What is used today and this month of each of these mandates that has a limit by day or month."""
    ids = list(mandatos)
    if not ids:
        return {}
    return {
        fila.id: UsoDeMandato(
            None if fila.limite_dia is None else de_centavos(fila.limite_dia),
            None if fila.limite_mes is None else de_centavos(fila.limite_mes),
            de_centavos(fila.usado_dia),
            de_centavos(fila.usado_mes),
        )
        for fila in sesion.connection().execute(_USOS, {"ids": ids})
    }


def usar_mandato(
    sesion: Session, autorizacion: Autorizacion, compromiso: Compromiso, acto: UUID, monto: Money
) -> None:
    """Judge the mandates by which somebody commits their unit, and count `monto` where it adds up.

    `acto` is the id of what is committed: the same one again counts nothing more. After the caller's own row
    locks, before any payment. Raises `LimiteDeMandato`, and `SinFacultad` when the mandate ended meanwhile.
    Who acts without a mandate (a machine client, the platform) has no limits.
    """
    if autorizacion.mandato_id is None:
        return
    propio = autorizacion.cadena[1] if len(autorizacion.cadena) > 1 else None
    consulta = text(
        "SELECT registro_usar_mandato(CAST(:mandato AS uuid), CAST(:propio AS uuid), CAST(:quien AS uuid), "
        "CAST(:unidad AS uuid), :caso, CAST(:acto AS uuid), :monto)"
    )
    datos = {
        "mandato": autorizacion.mandato_id,
        "propio": propio,
        "quien": autorizacion.actor.id,
        "unidad": autorizacion.unidad_id,
        "caso": compromiso.value,
        "acto": acto,
        "monto": a_centavos(monto),
    }
    codigo = str(sesion.connection().execute(consulta, datos).scalar_one())
    if codigo.startswith("limite_de_mandato"):
        raise LimiteDeMandato(limite_en_palabras(sesion, autorizacion, codigo), resultado=codigo)
    if codigo != "ok":
        raise SinFacultad(_("Su mandato terminó o cambió: vuelva a la página e intente de nuevo."))


def devolver_compromiso(sesion: Session, acto: UUID, monto: Money | None = None) -> None:
    """Give back what an act used, if it did: it was undone, or `monto` of it."""
    consulta = text("SELECT registro_devolver_compromiso(CAST(:acto AS uuid), CAST(:monto AS bigint))")
    parte = None if monto is None else a_centavos(monto)
    sesion.connection().execute(consulta, {"acto": acto, "monto": parte})


def limite_en_palabras(sesion: Session, autorizacion: Autorizacion, codigo: str) -> str:
    """What is left of the limit that `codigo` says was passed, and who can raise it."""
    cadena = sesion.connection().execute(_EN_USO, {"cadena": list(autorizacion.cadena)}).all()
    usos = usos_de(sesion, [fila.id for fila in cadena]).values()
    if codigo == "limite_de_mandato_acto":
        quedan = [de_centavos(fila.monto_limite) for fila in cadena if fila.monto_limite is not None]
        texto = _("Su mandato permite hasta %(queda)s en un solo acto.")
    elif codigo == "limite_de_mandato_dia":
        quedan = [u.queda_dia for u in usos if u.queda_dia is not None]
        texto = _("Hoy le quedan %(queda)s de lo que su mandato permite en un día.")
    else:
        quedan = [u.queda_mes for u in usos if u.queda_mes is not None]
        texto = _("Este mes le quedan %(queda)s de lo que su mandato permite.")
    palabras = texto % {"queda": formato_bs(min(quedan, default=cero()))}
    return f"{palabras} {_quien_amplia(sesion, autorizacion)}"


def _quien_amplia(sesion: Session, autorizacion: Autorizacion) -> str:
    assert autorizacion.unidad_id is not None
    personas = [
        m.apoderado_persona_id
        for m in mandatos_de(sesion, autorizacion.unidad_id, solo_vigentes=True)
        if Facultad.ADMINISTRAR in m.facultades
        and m.apoderado_persona_id is not None
        and m.apoderado_persona_id != autorizacion.actor.persona_id
    ][:2]
    nombres = nombres_de_personas(sesion, set(personas))
    if not personas:
        return _("Para ampliarlo, quien administra la unidad otorga otro mandato.")
    return _("Para ampliarlo, otorgan otro mandato quienes administran la unidad: %(nombres)s.") % {
        "nombres": ", ".join(nombres[p] for p in dict.fromkeys(personas))
    }
