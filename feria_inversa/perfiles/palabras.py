"""Words of the profiles."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from feria_inversa.precios import UNIDADES, Dispersion, nombre_de
from nucleo.plantillas import REGION, filtro_bs, filtro_fecha, filtro_numero
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


def por_unidad(unidad: str, contenido: Decimal | None, de: str | None) -> str:
    """What one price is of: «caja», «caja de 100», «bolsa de 40 kilogramos», «5 litros»."""
    if contenido is None:
        return UNIDADES[unidad].nombre
    cuanto = format_decimal(contenido.normalize(), locale=REGION)
    if de is None:
        return _("%(envase)s de %(cuanto)s") % {"envase": UNIDADES[unidad].nombre, "cuanto": cuanto}
    lleno = f"{cuanto} {nombre_de(de, contenido)}"
    if de == unidad:
        return lleno
    return _("%(envase)s de %(cuanto)s") % {"envase": UNIDADES[unidad].nombre, "cuanto": lleno}


def entre_dias(desde: date, hasta: date) -> str:
    """«del 1 de marzo de 2024», or from one day to another."""
    if desde == hasta:
        return _("del %(dia)s") % {"dia": filtro_fecha(desde)}
    return _("del %(desde)s al %(hasta)s") % {"desde": filtro_fecha(desde), "hasta": filtro_fecha(hasta)}


def de_donde(d: Dispersion) -> str:
    """From how much the prices come, and of when."""
    return _("%(precios)s de %(procesos)s y %(entidades)s, %(cuando)s") % {
        "precios": ngettext("%(num)s precio", "%(num)s precios", d.precios)
        % {"num": filtro_numero(d.precios)},
        "procesos": ngettext("%(num)s proceso", "%(num)s procesos", d.procesos)
        % {"num": filtro_numero(d.procesos)},
        "entidades": ngettext("%(num)s entidad", "%(num)s entidades", d.entidades)
        % {"num": filtro_numero(d.entidades)},
        "cuando": entre_dias(d.desde, d.hasta),
    }


def por_que_no(d: Dispersion | None) -> str:
    """Why these prices say none."""
    if d is None:
        return _("No consta ninguno que se pueda comparar.")
    if d.son_pocos:
        return _("Son pocos: %(de_donde)s.") % {"de_donde": de_donde(d)}
    return _("Son demasiado distintos entre sí: %(de_donde)s, de %(minimo)s a %(maximo)s.") % {
        "de_donde": de_donde(d),
        "minimo": filtro_bs(d.minimo),
        "maximo": filtro_bs(d.maximo),
    }
