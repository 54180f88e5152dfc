"""The approval as a joint act: what several of an entity sign when who decides may only with others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from comercio import SePagaCon
from empresa_digital.registro import Facultad, acto_salida
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.consultas import compra_visible
from feria_inversa.compra_de_catalogo.decidir import aprobar, exigir_que_pueda_decidir
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.recibir import APROBACION
from feria_inversa.entidades import ConflictoDeInteres, que_representa
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.dinero import Dinero, formato_bs
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeAprobacion(BaseModel):
    """What is signed: which purchase, up to how much, with what it will be paid, and whose role it is."""

    model_config = ConfigDict(frozen=True)

    compra_id: UUID
    total: Dinero
    decide: UUID | None
    se_paga_con: SePagaCon = SePagaCon.CUENTA


def aprobar_o_proponer(
    sesion: Session, actor: Actor, compra_id: UUID, se_paga_con: SePagaCon = SePagaCon.CUENTA
) -> CompraDeCatalogo | Propuesto:
    """`aprobar` for whoever may alone; for who only may with others, it waits for their signatures. Raises
    what `aprobar` does."""
    compra = compra_visible(sesion, actor, compra_id)
    cuerpo = CuerpoDeAprobacion(
        compra_id=compra.id, total=compra.total, decide=actor.persona_id, se_paga_con=se_paga_con
    )
    return APROBACION_CONJUNTA.hacer(sesion, actor, cuerpo)


def _aprobar(sesion: Session, actor: Actor, c: CuerpoDeAprobacion) -> CompraDeCatalogo:
    if actor.acto is None:
        return aprobar(sesion, actor, c.compra_id, c.se_paga_con, actor)
    _exigir_que_nadie_venda(sesion, actor.acto, sesion.get_one(CompraDeCatalogo, c.compra_id))
    return aprobar(sesion, actor, c.compra_id, c.se_paga_con, _quien_decide(actor, c))


def _exigir_que_nadie_venda(sesion: Session, acto_id: UUID, compra: CompraDeCatalogo) -> None:
    """Who signed first may represent the seller by now. Raises `ConflictoDeInteres`."""
    for firma in acto_salida(sesion, acto_id).firmas:
        if firma.vale and compra.vendedor_id in que_representa(sesion, firma.persona_id):
            dice = _("{} firmó y ahora tiene un mandato de quien vende: que la aprueben otras personas.")
            raise ConflictoDeInteres(dice.format(firma.nombre))


def _quien_decide(actor: Actor, c: CuerpoDeAprobacion) -> Actor:
    """Who asked for the signatures has the role; who else signs has the mandate."""
    return replace(actor, persona_id=c.decide)


def _en_palabras(sesion: Session, c: CuerpoDeAprobacion) -> Sequence[tuple[str, str]]:
    compra = sesion.get_one(CompraDeCatalogo, c.compra_id)
    certificacion = sesion.get_one(Certificacion, compra.certificacion_id)
    de_cual = _("{numero} de {gestion}, partida {objeto}").format(
        numero=certificacion.numero, gestion=certificacion.gestion, objeto=certificacion.objeto
    )
    return [
        (_("Compra del catálogo"), compra.numero),
        (_("Qué se compra"), compra.titulo),
        (_("A quien vende"), compra.vendedor),
        (_("Hasta"), formato_bs(c.total)),
        (_("Certificación presupuestaria"), de_cual),
        (_("Se paga con"), c.se_paga_con.texto),
        (_("La pidió"), compra.solicito),
    ]


def _vence(sesion: Session, c: CuerpoDeAprobacion) -> datetime | None:
    return sesion.get_one(CompraDeCatalogo, c.compra_id).vence_en


def _exige(sesion: Session, actor: Actor, c: CuerpoDeAprobacion) -> None:
    exigir_que_pueda_decidir(sesion, actor, sesion.get_one(CompraDeCatalogo, c.compra_id))


APROBACION_CONJUNTA: ActoConjunto[CuerpoDeAprobacion, CompraDeCatalogo] = acto_conjunto(
    ActoConjunto(
        codigo=APROBACION,
        nombre=_l("Aprobación de una compra del catálogo"),
        facultad=Facultad.COMPRAR.value,
        cuerpo=CuerpoDeAprobacion,
        ejecutar=_aprobar,
        en_palabras=_en_palabras,
        vence=_vence,
        pagina=lambda c: f"/compras-de-catalogo/{c.compra_id}",
        exige=_exige,
    )
)
