"""From where one asks to be told: a process, an entity, a family."""

from collections.abc import Sequence
from uuid import UUID

from alertas import enlace_para_avisarme
from feria_inversa.alertas import convocatorias, resultados
from feria_inversa.alertas.criterios import Criterios, criterios_de
from feria_inversa.plan import ALERTAS_DE_PLANES, CriteriosDePlanes
from feria_inversa.procesos import Filtro
from feria_inversa.reglas import familia_en_frase
from nucleo.textos import gettext as _

FAMILIAS = 2
"""Of how many families of a process one is offered to be told."""


def enlaces_de(
    *, entidad: tuple[UUID, str] | None = None, familias: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """(what, address): what an entity plans, calls for and awards; and of each family the same."""
    enlaces = []
    if entidad is not None:
        id_, nombre = entidad
        textos = (_("Lo que prevea %(de)s"), _("Lo que publique %(de)s"), _("Lo que adjudique %(de)s"))
        de = zip(textos, _de(CriteriosDePlanes(entidad=id_), Criterios(entidad=id_)), strict=True)
        enlaces += [(texto % {"de": nombre}, url) for texto, url in de]
    for familia in familias[:FAMILIAS]:
        textos = (
            _("Lo que se prevea de %(familia)s"),
            _("Lo que se pida de %(familia)s"),
            _("Lo que se adjudique de %(familia)s"),
        )
        de = zip(textos, _de(CriteriosDePlanes(familia=familia), Criterios(familia=familia)), strict=True)
        enlaces += [(texto % {"familia": familia_en_frase(familia)}, url) for texto, url in de]
    return enlaces


def para_avisarme(filtro: Filtro) -> str:
    """Where one asks to be told of the new calls that a list of them would show."""
    return enlace_para_avisarme(convocatorias.CODIGO, criterios_de(filtro))


def _de(previsto: CriteriosDePlanes, pedido: Criterios) -> tuple[str, str, str]:
    return (
        enlace_para_avisarme(ALERTAS_DE_PLANES, previsto),
        enlace_para_avisarme(convocatorias.CODIGO, pedido),
        enlace_para_avisarme(resultados.CODIGO, pedido),
    )
