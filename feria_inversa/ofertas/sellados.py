"""Sealed envelopes at the opening: what could not be looked at before is judged here, a rule for each case.

The public log has a leaf of each bid of a process with a key, whatever became of it, from the closing on:
none can be added, dropped or changed after that without its showing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from constancia import anotar, registrar_tipo
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas import sobres
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import OBJETO, revisar_oferta, terminar
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.textos import perezoso as _l

HOJA = "oferta_sellada"
registrar_tipo(HOJA, _l("Oferta en sobre sellado"), "/feria/{objeto}")


@dataclass(frozen=True, slots=True)
class Sellado:
    """What the act of opening says of a sealed envelope: its text, which anybody can hash, or why it fell.

    `sobre` are the bytes that were tried: who holds the receipt can tell whether they are those that came.
    """

    oferta_id: UUID
    unidad_id: UUID
    huella: str
    texto: str
    falla: str
    sobre: bytes


def abrir_sellados(
    sesion: Session, convocatoria: Convocatoria, items: Sequence[Item], privada: bytes, instante: datetime
) -> list[Sellado]:
    """Turn the sealed envelopes of a locked call into lines; those that cannot count end, with their cause.

    Raises `PlazoNoVencido`.
    """
    leidos = []
    for dicho in sobres.leer_sellados(sesion, convocatoria, privada):
        falla, oferta = dicho.falla, dicho.oferta
        if not falla:
            try:
                revisar_oferta(sesion, convocatoria, dicho.lineas)
                sobres.escribir(sesion, oferta, dicho.lineas, items)
            except DatosInvalidos as error:
                falla = " ".join(dict.fromkeys([*(error.campos or {}).values()])) or error.detalle
        if falla:
            _invalidar(sesion, oferta, falla, instante)
        leidos.append(Sellado(oferta.id, oferta.unidad_id, oferta.huella, dicho.texto, falla, dicho.sobre))
    sesion.flush()
    return leidos


def _invalidar(sesion: Session, oferta: Oferta, falla: str, instante: datetime) -> None:
    terminar(oferta, EstadoOferta.INVALIDA, instante)
    oferta.falla = falla
    sesion.flush()
    sistema = Autorizacion.propia(Actor.sistema("apertura"))
    auditar(sesion, sistema, "oferta.invalidar", OBJETO, oferta.id, {"falla": falla})


def anotar_selladas(sesion: Session, convocatoria: Convocatoria) -> int:
    """A leaf of each bid of a closed process with a key, as it was at the closing; how many. Twice is once.

    The log puts them in the order of their hashes, which tells nothing.
    """
    if llave_de(sesion, convocatoria.id) is None:
        return 0
    ofertas = sesion.exec(
        select(Oferta).where(Oferta.convocatoria_id == convocatoria.id).order_by(col(Oferta.huella))
    ).all()
    for oferta in ofertas:
        anotar(sesion, HOJA, str(convocatoria.id), contenido_de(oferta))
    return len(ofertas)


def contenido_de(oferta: Oferta) -> str:
    """What the leaf of a bid says: its fingerprints, and whether its bidder left it standing."""
    fuera = oferta.estado in {EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA}
    sobre = [] if oferta.huella_sobre is None else [oferta.huella_sobre]  # those of before do not say it
    return "|".join([oferta.huella, *sobre, oferta.estado if fuera else EstadoOferta.VIGENTE])
