"""What a seller lacks by the rule in force, and what of that stops them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from moneyed import Money
from sqlalchemy import or_, text
from sqlmodel import Session, col, select

from comercio.requisitos.clases import ClaseDeVendedor, QueSeVende, clase_de
from comercio.requisitos.errores import RequisitoIncumplido
from comercio.requisitos.modelos import ReglaDeVendedor, RequisitoVisto
from empresa_digital.registro import Unidad, identificadores_de
from nucleo.dinero import a_centavos, de_centavos, formato_bs
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

DOCUMENTOS = {
    "BO-NIT": "NIT",
    "BO-MATRICULA": "Matrícula de comercio (SEPREC)",
    "BO-COOP": "Registro estatal de cooperativas (AFCOOP)",
    "BO-COA": "Código de organización administradora",
}
"""What a rule may ask for: identifiers of the registry, as people call them."""
_VENDIDO = text(
    "SELECT coalesce(sum(total), 0)::bigint FROM comercio_pedido"
    " WHERE vendedor_id = :unidad AND creado_en > :desde"
    " AND estado NOT IN ('cancelado', 'por_pagar', 'no_pagado')"
)


@dataclass(frozen=True, slots=True)
class Juicio:
    """A rule beside what a seller has: `faltan`, documents by their code."""

    regla: ReglaDeVendedor
    faltan: tuple[str, ...]
    vendido: Money

    @property
    def excede(self) -> bool:
        return self.regla.tope_anual is not None and self.vendido >= self.regla.tope_anual

    @property
    def cumple(self) -> bool:
        return self.regla.permite and not self.faltan and not self.excede

    @property
    def impide(self) -> bool:
        return self.regla.confirmado and not self.cumple

    @property
    def en_palabras(self) -> str:
        """What is missing, to who sells."""
        if not self.regla.permite:
            return _("Esta clase de unidad no vende esto.")
        partes = []
        if self.faltan:
            nombres = ", ".join(DOCUMENTOS.get(d, d) for d in self.faltan)
            partes.append(_("Falta en su registro: %(documentos)s.") % {"documentos": nombres})
        if self.excede and self.regla.tope_anual is not None:
            montos = {"vendido": formato_bs(self.vendido), "tope": formato_bs(self.regla.tope_anual)}
            partes.append(_("Vendió %(vendido)s en un año y su tope es %(tope)s.") % montos)
        return " ".join(partes)


def reglas_vigentes(sesion: Session, clase: ClaseDeVendedor | None = None) -> Sequence[ReglaDeVendedor]:
    """Those of today, or to come; of one kind of seller, if it says, only those of today."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    consulta = select(ReglaDeVendedor).where(
        or_(col(ReglaDeVendedor.vigente_hasta).is_(None), col(ReglaDeVendedor.vigente_hasta) > hoy)
    )
    if clase is not None:
        consulta = consulta.where(ReglaDeVendedor.clase == clase, col(ReglaDeVendedor.vigente_desde) <= hoy)
    orden = (col(ReglaDeVendedor.clase), col(ReglaDeVendedor.que), col(ReglaDeVendedor.vigente_desde))
    return sesion.exec(consulta.order_by(*orden)).all()


def juicios_de(sesion: Session, unidad: Unidad, que: QueSeVende | None = None) -> list[Juicio]:
    """What each rule in force asks of a unit, and what it lacks; none for what does not sell."""
    clase = clase_de(unidad)
    reglas = reglas_vigentes(sesion, clase) if clase else ()
    suyas = [r for r in reglas if que is None or r.que == que]
    if not suyas:
        return []
    tiene = identificadores_de(sesion, unidad.id)
    vendido = _vendido(sesion, unidad.id)
    return [Juicio(r, tuple(d for d in r.documentos if d not in tiene), vendido) for r in suyas]


def exigir_al_publicar(sesion: Session, unidad: Unidad, producto_id: UUID, *, es_servicio: bool) -> None:
    """A product goes on sale: keep what the rule asked then. Raises `RequisitoIncumplido` if it is confirmed
    and not met."""
    que = QueSeVende.SERVICIOS if es_servicio else QueSeVende.BIENES
    for juicio in juicios_de(sesion, unidad, que):
        if juicio.impide:
            raise RequisitoIncumplido(" ".join((juicio.en_palabras, juicio.regla.norma)))
        sesion.add(
            RequisitoVisto(
                producto_id=producto_id,
                regla_id=juicio.regla.id,
                faltaban=list(juicio.faltan),
                vendido_centavos=a_centavos(juicio.vendido),
                visto_en=ahora_bd(sesion),
            )
        )


def _vendido(sesion: Session, unidad_id: UUID) -> Money:
    desde = ahora_bd(sesion) - timedelta(days=365)
    return de_centavos(
        sesion.connection().execute(_VENDIDO, {"unidad": unidad_id, "desde": desde}).scalar_one()
    )
