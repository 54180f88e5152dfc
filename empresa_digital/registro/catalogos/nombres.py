"""Places by their names: one, many, and lists to choose from."""

from sqlmodel import Session

from empresa_digital.registro.catalogos.consultas import departamentos, lugar, municipios
from nucleo.plazos import NACIONAL, LugarDesconocido
from nucleo.textos import gettext as _


def nombre_de_lugar(sesion: Session, codigo: str) -> str:
    """«Todo el país», «Departamento de La Paz», «Cotoca, Santa Cruz». Raises `LugarDesconocido`."""
    if codigo == NACIONAL:
        return _("Todo el país")
    for departamento in departamentos(sesion) if len(codigo) == 2 else ():
        if departamento.ine == codigo:
            return _("Departamento de {}").format(departamento.nombre)
    nombre = lugar(sesion, codigo) if codigo.isdecimal() else ""
    if not nombre:
        detalle = _("Elija un lugar de la lista.")
        raise LugarDesconocido(detalle, campos={"lugar": detalle})
    return nombre


def nombres_de_lugares(sesion: Session, codigos: set[str]) -> dict[str, str]:
    """The names of those places."""
    return {codigo: nombre_de_lugar(sesion, codigo) for codigo in sorted(codigos)}


def departamentos_para_elegir(sesion: Session) -> list[tuple[str, str]]:
    return [(d.ine, d.nombre) for d in departamentos(sesion)]


def municipios_por_departamento(sesion: Session) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a list in groups: the municipalities of each department, `(INE code, name)`."""
    grupos: dict[str, tuple[str, list[tuple[str, str]]]] = {
        d.ine: (d.nombre, []) for d in departamentos(sesion)
    }
    for m in municipios(sesion):
        grupos[m.departamento_ine][1].append((m.ine, m.nombre))
    return list(grupos.values())


def lugares_para_elegir(sesion: Session) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a list in groups: each department with its municipalities."""
    grupos = {d.ine: (d.nombre, [(d.ine, _("Todo {}").format(d.nombre))]) for d in departamentos(sesion)}
    for m in municipios(sesion):
        grupos[m.departamento_ine][1].append((m.ine, m.nombre))
    return [(_("Bolivia"), [(NACIONAL, _("Todo el país"))]), *grupos.values()]
