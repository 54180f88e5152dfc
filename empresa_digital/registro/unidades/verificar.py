"""`qhatu verify`: replay every entry and compare with the record."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from constancia import hash_de, hashes_que_faltan, hojas_de_mas
from empresa_digital.registro.asientos import huella_de_asiento, huella_de_valor, iso
from empresa_digital.registro.asientos.modelos import Asiento, Cambio
from empresa_digital.registro.identificadores.modelos import Identificador
from empresa_digital.registro.unidades.asentar import anotacion_de, leer_fichas
from empresa_digital.registro.unidades.estados import VIVAS
from empresa_digital.registro.unidades.ficha import Ficha, aplicar
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.verificar import comprueba
from nucleo.vidas import TransicionInvalida

LOTE = 500


@comprueba("registro")
def verificar_registro(sesion: Session) -> list[str]:
    """Every difference between the entries and the record, and every broken link; empty when all is sound."""
    fallas = list(_fallas_de_numeracion(sesion))
    ultimo = None
    while True:
        consulta = select(UnidadEconomica).order_by(col(UnidadEconomica.id)).limit(LOTE)
        if ultimo is not None:
            consulta = consulta.where(col(UnidadEconomica.id) > ultimo)
        unidades = list(sesion.exec(consulta))
        if not unidades:
            return fallas
        ultimo = unidades[-1].id
        fallas.extend(_fallas_de_lote(sesion, unidades))
        sesion.expunge_all()


def _fallas_de_numeracion(sesion: Session) -> Iterator[str]:
    total, maximo = sesion.exec(select(func.count(), func.max(Cambio.numero)).select_from(Cambio)).one()
    asientos = sesion.exec(select(func.count()).select_from(Asiento)).one()
    if total != (maximo or 0):
        yield f"la numeración de cambios tiene huecos: {total} filas y el último es {maximo}"
    if total != asientos:
        yield f"hay {asientos} asientos y {total} números de cambio"


def _fallas_de_constancia(sesion: Session, unidades: list[UnidadEconomica]) -> Iterator[str]:
    """The last entry of each is in the public log; the chain of entries is checked elsewhere."""
    anotadas = {hash_de(*anotacion_de(u)): u.numero for u in unidades}
    for hash_ in hashes_que_faltan(sesion, anotadas):
        yield f"{anotadas[hash_]}: su último asiento no es el que se anotó en el registro público"


def _fallas_de_lote(sesion: Session, unidades: list[UnidadEconomica]) -> Iterator[str]:
    yield from _fallas_de_constancia(sesion, unidades)
    fichas = leer_fichas(sesion, unidades)
    ids = [u.id for u in unidades]
    consulta = (
        select(Asiento)
        .where(col(Asiento.unidad_id).in_(ids))
        .order_by(col(Asiento.unidad_id), col(Asiento.secuencia))
    )
    por_unidad: dict[object, list[Asiento]] = {u.id: [] for u in unidades}
    for asiento in sesion.exec(consulta):
        por_unidad[asiento.unidad_id].append(asiento)
    numeros = {u.id: u.numero for u in unidades}
    ciertas = (
        hash_de("asiento", numeros[a.unidad_id], f"{a.secuencia}|{a.huella}")
        for asientos in por_unidad.values()
        for a in asientos
    )
    for que in hojas_de_mas(sesion, "asiento", ciertas, numeros.values()):
        yield f"{que.split('|')[0]}: el registro público tiene un asiento que no existe ({que})"
    for unidad in unidades:
        yield from _fallas_de_unidad(unidad, fichas[unidad.id], por_unidad[unidad.id])
    mal = select(Identificador, UnidadEconomica.estado).join(UnidadEconomica)
    for identificador, estado in sesion.exec(mal.where(col(Identificador.unidad_id).in_(ids))):
        if identificador.vivo != (estado in VIVAS):
            yield f"{identificador.unidad_id}: el identificador {identificador.esquema} no sigue el estado"


def _fallas_de_unidad(unidad: UnidadEconomica, ficha: Ficha, asientos: list[Asiento]) -> Iterator[str]:
    repetida = Ficha()
    anterior: Asiento | None = None
    for asiento in asientos:
        donde = f"{unidad.numero} asiento {asiento.secuencia}"
        if asiento.secuencia != (anterior.secuencia + 1 if anterior else 1):
            yield f"{donde}: la secuencia salta"
        if asiento.huella_anterior != (anterior.huella if anterior else None):
            yield f"{donde}: no sigue al asiento anterior"
        if asiento.huella != huella_de_asiento(asiento):
            yield f"{donde}: la huella no corresponde al contenido"
        yield from (f"{donde}: el valor de {campo} fue alterado" for campo in _valores_alterados(asiento))
        try:
            aplicar(repetida, asiento.operacion, asiento.datos, iso(asiento.instante))
        except (TransicionInvalida, KeyError) as error:
            yield f"{donde}: no se puede aplicar ({error})"
        anterior = asiento
    if anterior is None:
        yield f"{unidad.numero}: no tiene asientos"
        return
    if (unidad.secuencia, unidad.huella) != (anterior.secuencia, anterior.huella):
        yield f"{unidad.numero}: la ficha no apunta a su último asiento"
    segun_tablas, segun_asientos = _por_nombre(ficha), _por_nombre(repetida)
    for atributo, valor in segun_asientos.items():
        if segun_tablas[atributo] != valor:
            yield f"{unidad.numero}: {atributo} no es lo que dicen los asientos"


def _por_nombre(ficha: Ficha) -> dict[str, Any]:
    propios = {nombre: valor for nombre, valor in vars(ficha).items() if nombre != "apartados"}
    return propios | ficha.apartados


def _valores_alterados(asiento: Asiento) -> list[str]:
    """Fields whose value no longer matches its hash. A redacted field has no salt and holds only its hash."""
    alterados = [c for c in asiento.huellas if c not in asiento.datos]
    for campo, valor in asiento.datos.items():
        sal = asiento.sales.get(campo)
        huella = {"huella": asiento.huellas.get(campo)}
        esperado = valor == huella if sal is None else huella_de_valor(sal, valor) == huella["huella"]
        if not esperado:
            alterados.append(campo)
    return alterados
