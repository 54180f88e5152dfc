"""Red flags that only show among many: what is far from usual for processes, entities or suppliers.

One reading of the records adds them up; `minimo` is how many there must be to say what is usual.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from feria_inversa.banderas.cardinal import por_precio
from feria_inversa.banderas.juicio import Bandera, Cerca, Dato, NoSeSabe, cerca
from feria_inversa.banderas.registro import Registro, cancelado, de, filas, ids, posturas, resueltas, vigentes

Banderas = dict[str, Bandera]


@dataclass(frozen=True, slots=True)
class Usual:
    """How many there must be, and whether what stands on the fence is already far (Cardinal says that it is).

    Where all are alike the fence is what all are: so ours asks to be beyond it.
    """

    minimo: int = 1
    estricta: bool = False

    def cerca(self, valores: Mapping[str, Fraction]) -> Cerca | None:
        return cerca(list(valores.values()), self.minimo)

    def arriba(self, valor: Fraction, usual: Cerca) -> bool:
        return valor > usual.arriba or (valor == usual.arriba and not self.estricta)

    def abajo(self, valor: Fraction, usual: Cerca) -> bool:
        return valor < usual.abajo or (valor == usual.abajo and not self.estricta)


CARDINAL = Usual()
NUESTRO = Usual(minimo=8, estricta=True)


@dataclass(frozen=True, slots=True)
class Diferencia:
    """Between the price that won and the next one, in parts of the first."""

    valor: Fraction
    ganadora: Fraction
    segunda: Fraction
    quien: str
    siguiente: str


def diferencia(registro: Registro) -> Diferencia | NoSeSabe | None:
    ganadas = resueltas(registro)
    if cancelado(registro) or not por_precio(registro) or len(ganadas) != 1:
        return None
    quien = ids(filas(ganadas[0], "suppliers"))
    validas = [p for p in posturas(registro) if p.estado == "valid" and p.monto is not None]
    if len(quien) != 1 or any(len(p.quienes) != 1 for p in validas):
        return None
    suyas = [p for p in validas if p.quienes == quien]
    if not suyas:
        return None
    suya = min(suyas, key=lambda p: p.monto or Fraction(0))
    otras = [p for p in validas if p.quienes != quien and p.moneda == suya.moneda and p.items == suya.items]
    ganado = frozenset(ids(filas(ganadas[0], "items")))
    if not otras or not suya.monto or (ganado and suya.items and ganado != suya.items):
        return None  # of a bid of which a part was awarded, its price is of more than what won
    otra = min(otras, key=lambda p: p.monto or Fraction(0))
    assert otra.monto is not None
    if otra.monto < suya.monto:
        return None
    valor = (otra.monto - suya.monto) / suya.monto
    return Diferencia(valor, suya.monto, otra.monto, quien[0], otra.quienes[0])


@dataclass(slots=True)
class Razon:
    """So many of so many."""

    parte: int = 0
    todo: int = 0

    def mas(self, parte: int, todo: int) -> None:
        self.parte += parte
        self.todo += todo

    @property
    def valor(self) -> Fraction:
        return Fraction(self.parte, self.todo)


Razones = dict[str, Razon]


@dataclass(slots=True)
class Muestras:
    """What the records add up to."""

    diferencias: dict[str, Diferencia] = field(default_factory=dict)
    ganadas: Razones = field(default_factory=dict)
    por_comprador: Razones = field(default_factory=dict)
    por_convocante: Razones = field(default_factory=dict)
    por_oferente: Razones = field(default_factory=dict)
    rubros: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)

    def sumar(self, ocid: str, registro: Registro, *, precios: bool = True) -> None:
        """`precios`: whether its prices may be compared."""
        if cancelado(registro):
            return
        if precios and isinstance(hallada := diferencia(registro), Diferencia):
            self.diferencias[ocid] = hallada
        self._sumar_ganadas(registro)
        self._sumar_descalificadas(registro)
        self._sumar_rubros(ocid, registro)

    def _sumar_ganadas(self, registro: Registro) -> None:
        ganadas = resueltas(registro)
        quien = ids(filas(ganadas[0], "suppliers")) if len(ganadas) == 1 else ()
        if len(quien) != 1:
            return
        for id_ in {p.quienes[0] for p in posturas(registro) if p.estado == "valid" and len(p.quienes) == 1}:
            self.ganadas.setdefault(id_, Razon()).mas(int(id_ == quien[0]), 1)

    def _sumar_descalificadas(self, registro: Registro) -> None:
        todas = posturas(registro)
        if not todas:
            return
        fuera = sum(p.estado == "disqualified" for p in todas)
        for postura in todas:
            for id_ in postura.quienes:
                self.por_oferente.setdefault(id_, Razon()).mas(int(postura.estado == "disqualified"), 1)
        for quien, razones in (
            (de(registro, "buyer", "id"), self.por_comprador),
            (de(registro, "tender", "procuringEntity", "id"), self.por_convocante),
        ):
            if isinstance(quien, str):
                razones.setdefault(quien, Razon()).mas(fuera, len(todas))

    def _sumar_rubros(self, ocid: str, registro: Registro) -> None:
        for award in vigentes(registro):
            quien = ids(filas(award, "suppliers"))
            codigos = [de(item, "classification", "id") for item in filas(award, "items")]
            if len(quien) == 1 and any(isinstance(codigo, str) for codigo in codigos):
                procesos, rubros = self.rubros.setdefault(quien[0], (set(), set()))
                procesos.add(ocid)
                rubros |= {codigo[:2] for codigo in codigos if isinstance(codigo, str)}

    def r024(self, usual: Usual) -> Banderas | NoSeSabe:
        """The next price is closer to the one that won than it usually is."""
        valores = {ocid: d.valor for ocid, d in self.diferencias.items()}
        cual = usual.cerca(valores)
        if cual is None:
            return NoSeSabe("pocos")
        if cual.q1 <= 0 or cual.abajo <= 0:
            return {}
        return {
            ocid: _de_diferencia(self.diferencias[ocid], cual.abajo, cual.n)
            for ocid, valor in valores.items()
            if usual.abajo(valor, cual)
        }

    def r058(self, usual: Usual) -> Banderas | NoSeSabe:
        """The next price is farther from the one that won than it usually is."""
        valores = {ocid: d.valor for ocid, d in self.diferencias.items()}
        cual = usual.cerca(valores)
        if cual is None:
            return NoSeSabe("pocos")
        return {
            ocid: _de_diferencia(self.diferencias[ocid], cual.arriba, cual.n)
            for ocid, valor in valores.items()
            if cual.arriba > 0 and usual.arriba(valor, cual)
        }

    def r025(self, usual: Usual) -> Banderas | NoSeSabe:
        """One of those who bid most wins fewer of its bids than is usual."""
        valores = {id_: razon.valor for id_, razon in self.ganadas.items()}
        cual = usual.cerca(valores)
        presentadas = usual.cerca({id_: Fraction(razon.todo) for id_, razon in self.ganadas.items()})
        if cual is None or presentadas is None:
            return NoSeSabe("pocos")
        if cual.q1 <= 0 or cual.abajo <= 0:
            return {}
        return {
            id_: _de_razon(razon, cual.abajo, cual.n)
            for id_, razon in self.ganadas.items()
            if razon.todo >= presentadas.q3 and usual.abajo(razon.valor, cual)
        }

    def r038(self, razones: Razones, usual: Usual, presentadas: int = 2) -> Banderas | NoSeSabe:
        """More bids are disqualified (to a bidder, or by an entity) than is usual; of those with at least
        some bids."""
        bastantes = {id_: razon for id_, razon in razones.items() if razon.todo >= presentadas}
        cual = usual.cerca({id_: razon.valor for id_, razon in bastantes.items()})
        if cual is None:
            return NoSeSabe("pocos")
        return {
            id_: _de_razon(razon, cual.arriba, cual.n)
            for id_, razon in bastantes.items()
            if cual.arriba > 0 and usual.arriba(razon.valor, cual)
        }

    def r048(self, usual: Usual, procesos: int = 20) -> Banderas | NoSeSabe:
        """A supplier was awarded things of more segments than is usual; of those with many processes."""
        valores = {
            id_: Fraction(len(rubros))
            for id_, (suyos, rubros) in self.rubros.items()
            if len(suyos) >= procesos
        }
        cual = usual.cerca(valores)
        if cual is None:
            return NoSeSabe("pocos")
        return {
            id_: Bandera(
                valor, {"rubros": int(valor), "procesos": len(self.rubros[id_][0]), "usuales": cual.arriba}
            )
            for id_, valor in valores.items()
            if usual.arriba(valor, cual)
        }


def _de_diferencia(una: Diferencia, usual: Fraction, n: int) -> Bandera:
    datos: dict[str, Dato] = {
        "ganadora": una.ganadora,
        "segunda": una.segunda,
        "diferencia": una.valor,
        "usual": usual,
        "n": n,
    }
    return Bandera(una.valor, datos, (una.quien, una.siguiente))


def _de_razon(razon: Razon, usual: Fraction, n: int) -> Bandera:
    datos: dict[str, Dato] = {"parte": razon.parte, "todo": razon.todo, "usual": usual, "n": n}
    return Bandera(razon.valor, datos)
