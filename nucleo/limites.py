"""Rate limits, counted in Valkey by fixed windows."""

from functools import lru_cache

import redis
import structlog

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
