"""Rate limits, counted in Valkey by fixed windows, or by buckets that fill slowly."""

import math
from dataclasses import dataclass
from functools import lru_cache

import redis
import structlog
from starlette.requests import Request

from nucleo.configuracion import ajustes
from nucleo.errores import LimiteExcedido
from nucleo.reloj import ahora
from nucleo.textos import gettext as _

registro = structlog.get_logger(__name__)

_CONTAR = """
local n = redis.call('INCRBY', KEYS[1], ARGV[2])
if n == tonumber(ARGV[2]) then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n
"""


@lru_cache
def valkey() -> redis.Redis:
    """The process's Valkey client, with short time-outs: nothing that must hold lives there."""
    url = ajustes().redis_url
    if url is None:
        raise RuntimeError("Falta QHATU_REDIS_URL: arranque la plataforma con «qhatu run».")
    return redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)


def limitar(ambito: str, clave: str, *, cupo: int, ventana_s: int, usos: int = 1) -> None:
    """Count `usos` more; raise `LimiteExcedido` beyond `cupo` of them in the window of `ventana_s` seconds.

    With Valkey out of reach the use is allowed and logged: limits protect, they do not own any rule.
    """
    assert cupo > 0
    assert ventana_s > 0
    assert usos > 0
    instante = int(ahora().timestamp())
    try:
        llave = f"limite:{ambito}:{clave}:{instante // ventana_s}"
        contados = int(valkey().eval(_CONTAR, 1, llave, ventana_s, usos))
    except redis.RedisError:
        registro.warning("limite_sin_valkey", ambito=ambito)
        return
    if contados > cupo:
        espera = ventana_s - instante % ventana_s
        raise LimiteExcedido(
            _("Espere %(espera)s segundos antes de intentar otra vez.") % {"espera": espera}, espere_s=espera
        )


def limitar_direccion(request: Request, ambito: str, *, cupo: int, ventana_s: int, usos: int = 1) -> None:
    """`limitar` by the address that asks, for pages that anybody may read."""
    direccion = request.client.host if request.client else "sin-direccion"
    limitar(ambito, direccion, cupo=cupo, ventana_s=ventana_s, usos=usos)


# KEYS: the bucket. ARGV: capacity, tokens a second, now (s), how many are taken (negative: given back).
# Answers how many are missing: nothing is taken unless all are there.
_FICHAS = """
local capacidad, por_s = tonumber(ARGV[1]), tonumber(ARGV[2])
local ahora, pide = tonumber(ARGV[3]), tonumber(ARGV[4])
local antes = redis.call('HMGET', KEYS[1], 'n', 't')
local n, t = tonumber(antes[1]) or capacidad, tonumber(antes[2]) or ahora
n = math.min(capacidad, n + math.max(0, ahora - t) * por_s)
local falta = math.max(0, pide - n)
if falta == 0 then n = math.min(capacidad, n - pide) end
redis.call('HSET', KEYS[1], 'n', tostring(n), 't', tostring(math.max(ahora, t)))
redis.call('EXPIRE', KEYS[1], math.ceil(capacidad / por_s) + 1)
return tostring(falta)
"""


@dataclass(frozen=True, slots=True)
class Cubeta:
    """A bucket for each key: `capacidad` tokens at first, and `por_hora` more as time goes, never above."""

    ambito: str
    capacidad: int
    por_hora: int

    def tomar(self, clave: str, fichas: int) -> None:
        """Take so many at once; raise `LimiteExcedido`, and take none, if there are not so many.

        With Valkey out of reach it is allowed and logged, as `limitar` does.
        """
        assert 0 < fichas <= self.capacidad
        falta = self._mover(clave, fichas)
        if falta > 0:
            espera = max(1, math.ceil(falta * 3600 / self.por_hora))
            raise LimiteExcedido(
                _("Hizo muchas consultas. Espere %(espera)s segundos antes de intentar otra vez.")
                % {"espera": espera},
                espere_s=espera,
            )

    def devolver(self, clave: str, fichas: int) -> None:
        """Give back what was taken and not needed."""
        assert fichas >= 0
        self._mover(clave, -fichas)

    def _mover(self, clave: str, fichas: int) -> float:
        llave = f"fichas:{self.ambito}:{clave}"
        datos = (self.capacidad, self.por_hora / 3600, ahora().timestamp(), fichas)
        try:
            return float(valkey().eval(_FICHAS, 1, llave, *datos))
        except redis.RedisError:
            registro.warning("limite_sin_valkey", ambito=self.ambito)
            return 0
