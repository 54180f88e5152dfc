"""How releases of a process merge into one, as OCDS 1.1 says; and its inverse, what a release must say.

The merge is `ocdsmerge`'s, of what we publish: a null takes away, objects merge by their keys, lists of
objects by `id`, other lists are replaced. Nothing takes an object out of a list.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

DE_CADA_RELEASE = ("id", "date", "tag")
_LISTAS_ENTERAS = {"additionalClassifications", "additionalIdentifiers"}  # `wholeListMerge` of the schema
_OBLIGADAS = {"contracts": ("id", "awardID"), "statistics": ("id", "measure", "value")}

Objeto = dict[str, Any]


def fusionar(compilado: Mapping[str, Any], release: Mapping[str, Any]) -> Objeto:
    """The compiled release once another one came."""
    nuevo = deepcopy(dict(compilado))
    _poner(nuevo, {clave: valor for clave, valor in release.items() if clave not in DE_CADA_RELEASE})
    return nuevo | {
        "id": f"{release['ocid']}-{release['date']}",
        "date": release["date"],
        "tag": ["compiled"],
    }


def _poner(sobre: Objeto, dicho: Mapping[str, Any]) -> None:
    for clave, valor in dicho.items():
        if valor is None:
            sobre.pop(clave, None)
        elif isinstance(valor, dict):
            if valor:
                _poner(sobre.setdefault(clave, {}), valor)
        elif _por_id(clave, valor):
            lista = sobre.setdefault(clave, [])
            de_id = {elemento["id"]: elemento for elemento in lista}
            for elemento in valor:
                if elemento["id"] not in de_id:
                    de_id[elemento["id"]] = {}
                    lista.append(de_id[elemento["id"]])
                _poner(de_id[elemento["id"]], elemento)
        elif valor != []:
            sobre[clave] = valor


def diferencia(compilado: Mapping[str, Any], publico: Mapping[str, Any]) -> Objeto:
    """What a release must say so that `fusionar` gives all that is public now, and nothing else.

    Of what is there no more, null. An object is told whole when something of it changed, but those that hold
    lists of objects: of these, what changed.
    """
    dicho: Objeto = {}
    for clave, valor in publico.items():
        previo = compilado.get(clave)
        if _por_id(clave, valor):
            if cambian := _de_la_lista(clave, previo or [], valor):
                dicho[clave] = cambian
        elif isinstance(valor, dict):
            if cambia := diferencia(previo or {}, valor):
                dicho[clave] = _con_su_id(valor, cambia) if _tiene_listas(valor) else _entero(previo, valor)
        elif valor != previo:
            dicho[clave] = valor
    for clave, previo in compilado.items():
        if clave not in publico and (quitado := _quitar(clave, previo)) != {}:
            dicho[clave] = quitado
    return dicho


def _de_la_lista(clave: str, previos: list[Objeto], valores: list[Objeto]) -> list[Objeto]:
    de_id = {elemento["id"]: elemento for elemento in previos}
    cambian = []
    for elemento in valores:
        cambia = diferencia(de_id.get(elemento["id"], {}), elemento)
        if cambia:
            cambian.append({k: elemento[k] for k in _OBLIGADAS.get(clave, ("id",))} | cambia)
    return cambian


def _con_su_id(valor: Objeto, cambia: Objeto) -> Objeto:
    return {"id": valor["id"]} | cambia if "id" in valor else cambia


def _entero(previo: Objeto | None, valor: Objeto) -> Objeto:
    ya_no = {clave: None for clave in previo or {} if valor.get(clave) is None}
    return {clave: v for clave, v in valor.items() if v is not None} | ya_no


def _quitar(clave: str, previo: Any) -> Any:
    if isinstance(previo, dict):
        return {k: quitado for k, v in previo.items() if (quitado := _quitar(k, v)) != {}}
    return {} if _por_id(clave, previo) else None


def _por_id(clave: str, valor: Any) -> bool:
    """Whether it is a list of objects, told apart by their ids."""
    return (
        isinstance(valor, list)
        and clave not in _LISTAS_ENTERAS
        and bool(valor)
        and all(isinstance(elemento, dict) for elemento in valor)
    )


def _tiene_listas(valor: Objeto) -> bool:
    return any(_por_id(k, v) or (isinstance(v, dict) and _tiene_listas(v)) for k, v in valor.items())
