"""Places as the other rooms know them: frozen values, never the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from empresa_digital.registro.catalogos import modelos


@dataclass(frozen=True, slots=True)
class Departamento:
    ine: str
    nombre: str


@dataclass(frozen=True, slots=True)
class Municipio:
    ine: str
    nombre: str
    departamento_ine: str
    otro_nombre: str | None


def un_municipio(fila: modelos.Municipio | None) -> Municipio | None:
    return None if fila is None else Municipio(fila.ine, fila.nombre, fila.departamento_ine, fila.otro_nombre)


def varios_municipios(filas: Sequence[modelos.Municipio]) -> Sequence[Municipio]:
    return [Municipio(m.ine, m.nombre, m.departamento_ine, m.otro_nombre) for m in filas]


def varios_departamentos(filas: Sequence[modelos.Departamento]) -> Sequence[Departamento]:
    return [Departamento(d.ine, d.nombre) for d in filas]
